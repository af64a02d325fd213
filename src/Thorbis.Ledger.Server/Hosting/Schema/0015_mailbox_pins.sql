-- Hashes of the PINs of voicemail boxes, written with the facts that say there is one. They are here and not in facts
-- because a hash of so few digits is soon guessed: it must be erasable, and no company's export may have it. Whether
-- a box had a PIN at some instant is the facts' to say.
create table platform.mailbox_pin (
  tenant_id  text not null references platform.company,
  mailbox_id text not null,
  pin_hash   text not null, -- of ASP.NET Core Identity's PasswordHasher
  set_at     timestamptz not null,
  primary key (tenant_id, mailbox_id)
);
