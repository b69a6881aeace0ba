-- A block that waits under a drift goes nowhere until a person releases the contract, and is not told meanwhile. But a hand may have told of it and
-- died, and by now nothing may be shut any more: then the receiver has to hear how access stands.
CREATE OR REPLACE FUNCTION merzim_untold_access(most integer) RETURNS TABLE (tenant text, contract text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant, c.id FROM contract c
  WHERE c.access_version > c.access_told AND c.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM act a
      WHERE a.tenant = c.tenant AND a.contract = c.id AND a.port = 'access' AND a.state IN ('wanted', 'claimed')
        AND NOT (c.held AND a.sends <> 'lift' AND (
          (a.state = 'claimed' AND (a.may_have_gone OR a.lease IS NOT NULL) AND (a.lease IS NULL OR a.lease_until < clock_timestamp()))
          OR NOT EXISTS (SELECT 1 FROM access_state s
            WHERE s.tenant = c.tenant AND s.contract = c.id AND s.version = c.access_version AND s.state LIKE '%"open":false%'))))
  ORDER BY random() LIMIT most
$$;
