-- What the operators have stopped: looked at with every reservation.
create table ledger_hold (
  issuer text not null,
  -- all, token-requestor and its id, or account-holder and a keyed hash
  subject text not null,
  -- the ledger key of that hash, empty where there is none
  key_id text not null,
  -- the account holder's name, sealed with that key
  sealed_name bytea,
  note text not null,
  since timestamptz(3) not null default now(),
  primary key (issuer, subject)
);
