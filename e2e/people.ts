/** People of the demonstration whom the specs sign in as. */
export const DEVELOPER = 'tomas.herrera@northwind.example'
export const TEAM_LEAD = 'priya.raman@northwind.example'
export const FINANCE = 'grace.okafor@northwind.example'
export const ADMINISTRATOR = 'marek.nowak@northwind.example'
export const LEGAL = 'lucia.fernandez@northwind.example'
export const BOARD_SECRETARY = LEGAL
export const BOARD_CHAIR = 'noor.de.vries@northwind.example'
export const SECURITY = 'amina.khalil@northwind.example'
export const OPERATIONS = 'kenji.watanabe@northwind.example'
export const EXECUTIVE = 'elin.soderstrom@northwind.example'
export const AUDITOR = 'ifeoma.eze@northwind.example'
