-- The record: what happened (fact), what is being done about it (act), and what can be read off it (the read models).
-- The tenant is part of every key. Rows of another tenant are invisible to the application's role (row-level security).

CREATE TABLE tenant (
  id         text        PRIMARY KEY,
  -- Key of the derived fact ids: a plain hash of the content would let anyone guess what an erased payload said.
  secret     bytea       NOT NULL,
  created_at timestamptz NOT NULL
);

-- The text of every edition that a contract has ever been made under.
CREATE TABLE edition (
  tenant    text        NOT NULL REFERENCES tenant (id),
  hash      text        NOT NULL,
  offer     text        NOT NULL,
  body      text        NOT NULL,
  loaded_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, hash)
);

CREATE TABLE contract (
  tenant       text        NOT NULL REFERENCES tenant (id),
  id           text        NOT NULL,
  external_id  text,
  offer        text        NOT NULL,
  edition      text        NOT NULL,
  policy       text        NOT NULL,
  -- Canonical JSON, and the salt of its digest in the genesis; both null after an erasure.
  participant  text,
  salt         text,
  participant_digest text  NOT NULL,
  -- The hash that the first fact is chained to.
  genesis      text        NOT NULL,
  performance  text        NOT NULL,
  test_clock   timestamptz,
  created_at   timestamptz NOT NULL,
  -- The journal's end: sequence, hash and time of the last fact.
  head         integer     NOT NULL DEFAULT 0,
  head_hash    text        NOT NULL,
  recorded_to  timestamptz NOT NULL,
  -- What the last advance read and found. -1: there has been none.
  advanced     integer     NOT NULL DEFAULT -1,
  as_of        timestamptz,
  wake_at      timestamptz,
  wake_clause  text,
  law          text,
  engine       text,
  outcome_hash text,
  held         boolean     NOT NULL DEFAULT false,
  state        text        NOT NULL DEFAULT 'offered',
  concluded_at timestamptz,
  ends_at      timestamptz,
  ended_at     timestamptz,
  access_version integer   NOT NULL DEFAULT 0,
  erased_at    timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, edition) REFERENCES edition (tenant, hash)
);
CREATE UNIQUE INDEX contract_external_id ON contract (tenant, external_id);
CREATE INDEX contract_behind ON contract (tenant, id) WHERE head > advanced;
CREATE INDEX contract_wake ON contract (wake_at);
CREATE INDEX contract_law ON contract (tenant, edition, policy, law);

-- The journal. The header is chained and stays for ever; what it says about people is in payload, under a salted digest.
CREATE TABLE fact (
  tenant      text        NOT NULL,
  contract    text        NOT NULL,
  seq         integer     NOT NULL,
  id          text        NOT NULL,
  type        text        NOT NULL,
  at          timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  form        smallint    NOT NULL,
  digest      text        NOT NULL,
  hash        text        NOT NULL,
  PRIMARY KEY (tenant, contract, seq),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE UNIQUE INDEX fact_id ON fact (tenant, contract, id);

-- Canonical JSON of { by, data, subject }, exactly as digested.
CREATE TABLE payload (
  tenant   text    NOT NULL,
  contract text    NOT NULL,
  seq      integer NOT NULL,
  salt     text    NOT NULL,
  body     text    NOT NULL,
  PRIMARY KEY (tenant, contract, seq),
  FOREIGN KEY (tenant, contract, seq) REFERENCES fact (tenant, contract, seq)
);

CREATE TABLE erasure (
  tenant    text        NOT NULL,
  contract  text        NOT NULL,
  erased_at timestamptz NOT NULL,
  reason    text        NOT NULL,
  payloads  integer     NOT NULL,
  PRIMARY KEY (tenant, contract, erased_at),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);

-- One row for each advance that found something new: what it read, under which law and engine, and what it made of it.
CREATE TABLE advance (
  tenant   text        NOT NULL,
  contract text        NOT NULL,
  seq      integer     NOT NULL,
  as_of    timestamptz NOT NULL,
  law      text        NOT NULL,
  engine   text        NOT NULL,
  edition  text        NOT NULL,
  calendar text        NOT NULL,
  policy   text        NOT NULL,
  hash     text        NOT NULL,
  PRIMARY KEY (tenant, contract, seq, as_of, law, engine),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);

-- A new engine judges the past otherwise: same record, same law, same instant, another hash.
CREATE TABLE drift (
  tenant      text        NOT NULL,
  contract    text        NOT NULL,
  seq         integer     NOT NULL,
  as_of       timestamptz NOT NULL,
  engine_is   text        NOT NULL,
  engine_was  text        NOT NULL,
  law         text        NOT NULL,
  hash_was    text        NOT NULL,
  hash_is     text        NOT NULL,
  found_at    timestamptz NOT NULL,
  released_at timestamptz,
  released_by text,
  PRIMARY KEY (tenant, contract, seq, as_of, engine_is),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);

-- Leases of what is to be done. What became of it is in the journal (the receipts); this table could be made anew from them.
CREATE TABLE act (
  tenant      text        NOT NULL,
  contract    text        NOT NULL,
  key         text        NOT NULL,
  generation  integer     NOT NULL,
  operation   text        NOT NULL,
  attempt     integer     NOT NULL,
  ordinal     integer     NOT NULL,
  kind        text        NOT NULL,
  sends       text        NOT NULL,
  clause      text        NOT NULL,
  subject     text        NOT NULL,
  at          timestamptz NOT NULL,
  content     text        NOT NULL,
  fingerprint text        NOT NULL,
  port        text        NOT NULL,
  lane        text        NOT NULL,
  state       text        NOT NULL,
  takes       integer     NOT NULL DEFAULT 0,
  claimed_at  timestamptz,
  -- A hand held it and did not say that nothing went out.
  may_have_gone boolean   NOT NULL DEFAULT false,
  lease       text,
  old_leases  text[]      NOT NULL DEFAULT '{}',
  lease_until timestamptz,
  answer      text,
  settled_at  timestamptz,
  PRIMARY KEY (tenant, contract, key, generation, operation, attempt),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id),
  CHECK (operation IN ('do', 'undo', 'correct')),
  CHECK (state IN ('wanted', 'claimed', 'waiting', 'settled'))
);
CREATE UNIQUE INDEX act_open ON act (tenant, contract, key, generation, operation) WHERE state IN ('wanted', 'claimed');
CREATE INDEX act_lease ON act (lease_until) WHERE state IN ('wanted', 'claimed');

-- "Look at this contract": written with the fact, taken by the relay, gone when done and not newer.
CREATE SEQUENCE poke_version;
CREATE TABLE poke (
  tenant      text        NOT NULL,
  contract    text        NOT NULL,
  version     bigint      NOT NULL DEFAULT nextval('poke_version'),
  taken_until timestamptz,
  PRIMARY KEY (tenant, contract),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX poke_order ON poke (version);

-- Numbers without gaps: the row is locked until what carries the number is committed.
CREATE TABLE counter (
  tenant text    NOT NULL REFERENCES tenant (id),
  series text    NOT NULL,
  value  integer NOT NULL,
  PRIMARY KEY (tenant, series)
);
-- Documents that were issued, with their numbers. They stand, whatever is found out later; what corrects them is another document.
CREATE TABLE issued (
  tenant    text        NOT NULL,
  series    text        NOT NULL,
  number    integer     NOT NULL,
  contract  text        NOT NULL,
  -- Idempotency key of the act that it was issued for.
  id        text        NOT NULL,
  kind      text        NOT NULL,
  issued_at timestamptz NOT NULL,
  body      text        NOT NULL,
  PRIMARY KEY (tenant, series, number),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE UNIQUE INDEX issued_id ON issued (tenant, contract, id);

-- What is open to the participant, as versions: a receiver that has seen a newer one ignores an older one.
CREATE TABLE access_state (
  tenant   text        NOT NULL,
  contract text        NOT NULL,
  version  integer     NOT NULL,
  seq      integer     NOT NULL,
  as_of    timestamptz NOT NULL,
  state    text        NOT NULL,
  PRIMARY KEY (tenant, contract, version),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);

-- The portal's inbox.
CREATE TABLE message (
  tenant   text        NOT NULL,
  contract text        NOT NULL,
  id       text        NOT NULL,
  addressee text       NOT NULL,
  sent_at  timestamptz NOT NULL,
  language text        NOT NULL,
  subject  text        NOT NULL,
  body     text        NOT NULL,
  clause   text        NOT NULL,
  read_at  timestamptz,
  PRIMARY KEY (tenant, contract, id),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);

-- An answer that was given to a request with an Idempotency-Key.
CREATE TABLE answer (
  tenant   text        NOT NULL REFERENCES tenant (id),
  key      text        NOT NULL,
  request  text        NOT NULL,
  status   integer     NOT NULL,
  body     text        NOT NULL,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, key)
);

-- Read models. They are written by difference (digest), rebuilt from facts and can be dropped.

CREATE TABLE timeline (
  tenant      text        NOT NULL,
  contract    text        NOT NULL,
  key         text        NOT NULL,
  digest      text        NOT NULL,
  clause      text        NOT NULL,
  subject     text        NOT NULL,
  run         text        NOT NULL,
  kind        text        NOT NULL,
  debtor      text,
  edition     text        NOT NULL,
  state       text        NOT NULL,
  opened      timestamptz NOT NULL,
  last_day    date,
  due         timestamptz,
  closed      timestamptz,
  provisional boolean     NOT NULL,
  tolled_days integer     NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX timeline_due ON timeline (tenant, state, due);

CREATE TABLE restriction (
  tenant    text        NOT NULL,
  contract  text        NOT NULL,
  key       text        NOT NULL,
  digest    text        NOT NULL,
  clause    text        NOT NULL,
  subject   text        NOT NULL,
  functions text[]      NOT NULL,
  starts    timestamptz NOT NULL,
  ends      timestamptz,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX restriction_open ON restriction (tenant, ends);

CREATE TABLE invoice (
  tenant       text           NOT NULL,
  contract     text           NOT NULL,
  key          text           NOT NULL,
  digest       text           NOT NULL,
  subject      text           NOT NULL,
  presented_at timestamptz    NOT NULL,
  amount       numeric(20, 2),
  paid         numeric(20, 2) NOT NULL,
  currency     text           NOT NULL,
  settled      boolean        NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX invoice_open ON invoice (tenant, settled, presented_at);

CREATE TABLE ledger_entry (
  tenant      text           NOT NULL,
  contract    text           NOT NULL,
  key         text           NOT NULL,
  digest      text           NOT NULL,
  at          timestamptz    NOT NULL,
  clause      text,
  subject     text           NOT NULL,
  kind        text           NOT NULL,
  amount      numeric(20, 2),
  currency    text           NOT NULL,
  days        integer,
  provisional boolean        NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX ledger_entry_kind ON ledger_entry (tenant, kind, at);

CREATE TABLE notice (
  tenant       text        NOT NULL,
  contract     text        NOT NULL,
  key          text        NOT NULL,
  digest       text        NOT NULL,
  effect       text        NOT NULL,
  generation   integer     NOT NULL,
  kind         text        NOT NULL,
  clause       text        NOT NULL,
  subject      text        NOT NULL,
  at           timestamptz NOT NULL,
  performed_at timestamptz,
  state        text        NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX notice_state ON notice (tenant, state, at);

CREATE TABLE document (
  tenant       text        NOT NULL,
  contract     text        NOT NULL,
  key          text        NOT NULL,
  digest       text        NOT NULL,
  effect       text        NOT NULL,
  generation   integer     NOT NULL,
  kind         text        NOT NULL,
  clause       text        NOT NULL,
  subject      text        NOT NULL,
  at           timestamptz NOT NULL,
  performed_at timestamptz,
  undoes       text,
  state        text        NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX document_kind ON document (tenant, kind, at);

CREATE TABLE open_case (
  tenant    text        NOT NULL,
  contract  text        NOT NULL,
  key       text        NOT NULL,
  digest    text        NOT NULL,
  clause    text,
  subject   text        NOT NULL,
  question  text        NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
CREATE INDEX open_case_opened ON open_case (tenant, opened_at);

-- The journal is append-only for everybody, its owner included. Not SQLSTATE 23001: clients take that for a foreign key.

CREATE FUNCTION merzim_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the journal is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER fact_append_only BEFORE UPDATE OR DELETE ON fact FOR EACH ROW EXECUTE FUNCTION merzim_refuse_change();
CREATE TRIGGER fact_keep BEFORE TRUNCATE ON fact FOR EACH STATEMENT EXECUTE FUNCTION merzim_refuse_change();
CREATE TRIGGER payload_keep_text BEFORE UPDATE ON payload FOR EACH ROW EXECUTE FUNCTION merzim_refuse_change();
CREATE TRIGGER payload_keep BEFORE TRUNCATE ON payload FOR EACH STATEMENT EXECUTE FUNCTION merzim_refuse_change();
-- A payload leaves by merzim_erase only.
CREATE TRIGGER payload_erased_only BEFORE DELETE ON payload FOR EACH ROW
  WHEN (current_setting('merzim.erasing', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION merzim_refuse_change();
CREATE TRIGGER advance_append_only BEFORE UPDATE OR DELETE ON advance FOR EACH ROW EXECUTE FUNCTION merzim_refuse_change();
CREATE TRIGGER advance_keep BEFORE TRUNCATE ON advance FOR EACH STATEMENT EXECUTE FUNCTION merzim_refuse_change();
CREATE TRIGGER edition_immutable BEFORE UPDATE OR DELETE ON edition FOR EACH ROW EXECUTE FUNCTION merzim_refuse_change();

-- Takes what a person's record says out of it and leaves the chain: for the owner, not for the application.
CREATE FUNCTION merzim_erase(of_tenant text, of_contract text, why text) RETURNS integer
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer;
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  PERFORM 1 FROM contract WHERE tenant = of_tenant AND id = of_contract FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'contract % is not known', of_contract USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM set_config('merzim.erasing', 'on', true);
  DELETE FROM payload WHERE tenant = of_tenant AND contract = of_contract;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('merzim.erasing', 'off', true);
  DELETE FROM timeline WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM restriction WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM invoice WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM ledger_entry WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM notice WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM document WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM open_case WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM message WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM access_state WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM act WHERE tenant = of_tenant AND contract = of_contract;
  UPDATE issued SET body = '{}' WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM poke WHERE tenant = of_tenant AND contract = of_contract;
  UPDATE contract SET participant = NULL, salt = NULL, performance = '{}', external_id = NULL, erased_at = moment, wake_at = NULL
    WHERE tenant = of_tenant AND id = of_contract;
  INSERT INTO erasure (tenant, contract, erased_at, reason, payloads) VALUES (of_tenant, of_contract, moment, why, gone);
  RETURN gone;
END
$$;
REVOKE EXECUTE ON FUNCTION merzim_erase(text, text, text) FROM PUBLIC;

-- The relay and the sweep serve all tenants and see addresses only: these run as the owner.

CREATE FUNCTION merzim_take_pokes(most integer, lease_ms integer) RETURNS TABLE (tenant text, contract text, version bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE poke p SET taken_until = clock_timestamp() + lease_ms * interval '1 millisecond'
  FROM (
    SELECT q.tenant, q.contract FROM poke q
    WHERE q.taken_until IS NULL OR q.taken_until < clock_timestamp()
    ORDER BY q.version LIMIT most FOR UPDATE SKIP LOCKED
  ) t
  WHERE p.tenant = t.tenant AND p.contract = t.contract
  RETURNING p.tenant, p.contract, p.version
$$;

CREATE FUNCTION merzim_pokes_done(tenants text[], contracts text[], versions bigint[]) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM poke p USING unnest(tenants, contracts, versions) AS d (tenant, contract, version)
    WHERE p.tenant = d.tenant AND p.contract = d.contract AND p.version = d.version RETURNING 1
  ) SELECT count(*)::integer FROM gone
$$;

-- The sweep's first three predicates, by numbers: the head, the waking, the leases.
CREATE FUNCTION merzim_sweep(grace_ms integer, most integer) RETURNS TABLE (tenant text, contract text, why text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT c.tenant, c.id, 'head' FROM contract c WHERE c.head > c.advanced AND c.erased_at IS NULL AND NOT c.held LIMIT most)
  UNION ALL
  (SELECT c.tenant, c.id, 'wake' FROM contract c
   WHERE c.wake_at < clock_timestamp() - grace_ms * interval '1 millisecond' AND c.test_clock IS NULL AND NOT c.held LIMIT most)
  UNION ALL
  (SELECT DISTINCT a.tenant, a.contract, 'act' FROM act a JOIN contract c ON c.tenant = a.tenant AND c.id = a.contract
   WHERE (a.state = 'wanted' OR (a.state = 'claimed' AND (a.lease IS NULL OR a.lease_until < clock_timestamp()))) AND NOT c.held LIMIT most)
$$;

-- The fourth: law newer than applied. The groups under which contracts were last judged, to be compared with the law of today.
CREATE FUNCTION merzim_laws() RETURNS TABLE (tenant text, offer text, edition text, policy text, law text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT c.tenant, c.offer, c.edition, c.policy, c.law FROM contract c
  WHERE c.law IS NOT NULL AND c.erased_at IS NULL AND NOT c.held
$$;
CREATE FUNCTION merzim_judged_under(of_tenant text, of_edition text, of_policy text, of_law text, most integer)
RETURNS TABLE (contract text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM contract c
  WHERE c.tenant = of_tenant AND c.edition = of_edition AND c.policy = of_policy AND c.law = of_law
    AND c.erased_at IS NULL AND NOT c.held
  LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION merzim_take_pokes(integer, integer), merzim_pokes_done(text[], text[], bigint[]),
  merzim_sweep(integer, integer), merzim_laws(), merzim_judged_under(text, text, text, text, integer) FROM PUBLIC;

-- Row-level security: a transaction sees the tenant that it named with SET LOCAL merzim.tenant, and without one nothing.

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['edition', 'contract', 'fact', 'payload', 'erasure', 'advance', 'drift', 'act', 'poke', 'counter',
    'issued', 'access_state', 'message', 'answer', 'timeline', 'restriction', 'invoice', 'ledger_entry', 'notice',
    'document', 'open_case']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant = current_setting(''merzim.tenant'', true)) '
      'WITH CHECK (tenant = current_setting(''merzim.tenant'', true))', name);
  END LOOP;
END
$$;
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant USING (id = current_setting('merzim.tenant', true))
  WITH CHECK (id = current_setting('merzim.tenant', true));
