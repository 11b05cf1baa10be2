-- What people were told about a page is put aside when there is nothing left to do there.
CREATE INDEX "notices_organization_id_href_idx" ON "notices" ("organization_id", "href");
