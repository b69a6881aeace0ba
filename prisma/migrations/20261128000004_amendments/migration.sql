-- A change of an offer that goes to all of its contracts: what it is, how fast it goes, how far it has come. The clock only walks; what it lost, the sweep
-- finds here.
CREATE TABLE amendment (
  tenant     text        NOT NULL REFERENCES tenant (id),
  offer      text        NOT NULL,
  name       text        NOT NULL,
  body       text        NOT NULL,
  started_at timestamptz NOT NULL,
  per_second integer     NOT NULL CHECK (per_second > 0),
  paused     boolean     NOT NULL,
  after      text,
  told       integer     NOT NULL DEFAULT 0,
  refused    integer     NOT NULL DEFAULT 0,
  refusals   text        NOT NULL DEFAULT '[]',
  done_at    timestamptz,
  PRIMARY KEY (tenant, offer, name)
);
CREATE INDEX amendment_open ON amendment (tenant, offer, name) WHERE done_at IS NULL AND NOT paused;
ALTER TABLE amendment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON amendment USING (tenant = current_setting('merzim.tenant', true))
  WITH CHECK (tenant = current_setting('merzim.tenant', true));

CREATE FUNCTION merzim_open_amendments(most integer) RETURNS TABLE (tenant text, offer text, name text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.tenant, a.offer, a.name FROM amendment a WHERE a.done_at IS NULL AND NOT a.paused LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION merzim_open_amendments(integer) FROM PUBLIC;
