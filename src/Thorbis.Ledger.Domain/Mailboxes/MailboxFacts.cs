using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Mailboxes;

/// <summary>A fact of one voicemail box; stream <c>mailbox/{id}</c>. The settings are changed as a whole.</summary>
public abstract record MailboxFact(string MailboxId) : ConfigurationFact;

public sealed record MailboxDefined(string MailboxId, Mailbox Mailbox) : MailboxFact(MailboxId);

public sealed record MailboxRevised(string MailboxId, Mailbox Mailbox) : MailboxFact(MailboxId);

/// <summary>No call is sent there any more; it can be restored.</summary>
public sealed record MailboxRetired(string MailboxId) : MailboxFact(MailboxId);

/// <param name="Version">The former version that it is again.</param>
public sealed record MailboxRestored(string MailboxId, Mailbox Mailbox, int Version) : MailboxFact(MailboxId);

/// <summary>The box has a PIN, or another one than before. Neither the PIN nor a hash of it is in here: facts are for
/// good, and few digits are soon guessed from their hash.</summary>
public sealed record MailboxPinSet(string MailboxId) : MailboxFact(MailboxId);

/// <summary>The box has no PIN any more.</summary>
public sealed record MailboxPinCleared(string MailboxId) : MailboxFact(MailboxId);
