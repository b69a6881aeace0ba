-- Editions and policies that facts of a contract bring after those that it was made under, in the order in which they became known: its law is put
-- together of all of them, before its facts are read.
ALTER TABLE contract ADD COLUMN adopted text[] NOT NULL DEFAULT '{}', ADD COLUMN policies text[] NOT NULL DEFAULT '{}';

-- The groups under which contracts were last judged are told apart by them too.
DROP FUNCTION merzim_laws();
CREATE FUNCTION merzim_laws()
RETURNS TABLE (tenant text, offer text, edition text, adopted text[], policy text, policies text[], law text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT c.tenant, c.offer, c.edition, c.adopted, c.policy, c.policies, c.law FROM contract c
  WHERE c.law IS NOT NULL AND c.erased_at IS NULL AND NOT c.held
$$;
DROP FUNCTION merzim_judged_under(text, text, text, text, integer);
CREATE FUNCTION merzim_judged_under(
  of_tenant text, of_edition text, of_adopted text[], of_policy text, of_policies text[], of_law text, most integer
) RETURNS TABLE (contract text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM contract c
  WHERE c.tenant = of_tenant AND c.edition = of_edition AND c.adopted = of_adopted
    AND c.policy = of_policy AND c.policies = of_policies AND c.law = of_law
    AND c.erased_at IS NULL AND NOT c.held
  LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION merzim_laws(), merzim_judged_under(text, text, text[], text, text[], text, integer) FROM PUBLIC;
