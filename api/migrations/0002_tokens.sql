-- Up Migration
CREATE TABLE api_tokens (
  -- SHA-256 of the token: tokens are random and long, so no slow hash is needed
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz
);

-- Down Migration
DROP TABLE api_tokens;
