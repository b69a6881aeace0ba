-- The newest version of access that the receiver has. Most changes are told by the act that closes or opens; a conclusion, an end and a retention
-- that runs out change access without one.
ALTER TABLE contract ADD COLUMN access_told integer NOT NULL DEFAULT 0;
CREATE INDEX contract_untold ON contract (tenant, id) WHERE access_version > access_told;

-- In any order: one that the receiver turns away must not stand before the others.
CREATE FUNCTION merzim_untold_access(most integer) RETURNS TABLE (tenant text, contract text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant, c.id FROM contract c
  WHERE c.access_version > c.access_told AND c.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM act a
      WHERE a.tenant = c.tenant AND a.contract = c.id AND a.port = 'access' AND a.state IN ('wanted', 'claimed'))
  ORDER BY random() LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION merzim_untold_access(integer) FROM PUBLIC;
