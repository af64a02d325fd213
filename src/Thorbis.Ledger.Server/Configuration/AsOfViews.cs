using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>All that was in force of a company at an instant; parts that were not asked for are left out.</summary>
/// <param name="KnownAt">Left out when all counts that is known by now.</param>
/// <param name="Numbers">Held then, by number; one without <c>confirmedAt</c> was a claim.</param>
public sealed record AsOfView(
    Instant At, Instant? KnownAt, long? KnownSeq, BookAsOf? Rules, IReadOnlyList<ScheduleAsOf>? Schedules,
    IReadOnlyList<MenuAsOf>? Menus, IReadOnlyList<MailboxAsOf>? Mailboxes, IReadOnlyList<HeldNumber>? Numbers,
    IReadOnlyList<MemberAsOf>? Members);

/// <param name="Version">Of the rule book: how many changes of it were known.</param>
/// <param name="Rules">In their order: the first that applies decides.</param>
/// <param name="Blocked">E.164 of the callers who are rejected.</param>
/// <param name="Default">Left out where a call that no rule applies to is hung up.</param>
public sealed record BookAsOf(
    int Version, IReadOnlyList<Rule> Rules, IReadOnlyList<Queue> Queues, IReadOnlyList<string> Blocked,
    Destination? Default);

/// <param name="Version">In force.</param>
public sealed record ScheduleAsOf(string ScheduleId, int Version, Schedule Terms);

/// <param name="Version">In force.</param>
public sealed record MenuAsOf(int Version, Menu Menu);

/// <param name="Version">In force.</param>
public sealed record MailboxAsOf(int Version, Mailbox Settings, bool PinSet);

/// <param name="Availability">As last said; available where nothing was.</param>
public sealed record MemberAsOf(string Member, Role Role, Availability Availability, TeamTerms Terms);
