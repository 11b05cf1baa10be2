-- A signer is a key, or an identity that a certificate authority vouches for.
ALTER TABLE "model_signers" ALTER COLUMN "public_key" DROP NOT NULL,
    ADD COLUMN "issuer" TEXT,
    ADD COLUMN "subject" TEXT;
ALTER TABLE "model_signers" ADD CONSTRAINT "model_signers_key_or_identity"
    CHECK (("public_key" IS NULL) = ("issuer" IS NOT NULL AND "subject" IS NOT NULL) AND ("issuer" IS NULL) = ("subject" IS NULL));
