-- When a process noticed that this database had gone back in time, and when an operator accepted that: all others read it here.
alter table ledger_progress add column gone_back_at timestamptz(3);
alter table ledger_progress add column accepted_at timestamptz(3);
