using NodaTime;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Something to tell: a fact as people and programs hear of it.</summary>
/// <param name="NoticeId">The id of the fact.</param>
/// <param name="Type">The fact's stored name.</param>
/// <param name="Body">What endpoints get, JSON.</param>
/// <param name="Subject">Of the e-mail, as <paramref name="Text"/>.</param>
/// <param name="Recipients">Ids of the addresses that get the e-mail.</param>
internal sealed record Notice(
    Guid NoticeId, string Type, string Body, string Subject, string Text, IReadOnlyList<Guid> Recipients);

/// <summary>One notice on its way to one target: an endpoint, a mailbox, a folder or a bucket.</summary>
/// <param name="Url">Of the endpoint; null where it is removed or disabled.</param>
/// <param name="Address">Of the mailbox; null where it was erased.</param>
/// <param name="Destination">A folder or bucket, as <see cref="Statements.StatementSender"/> writes it.</param>
/// <param name="Month">Of the statement whose file goes along; null for none.</param>
/// <param name="Tries">Attempts before this one since it was last asked for.</param>
/// <param name="Attempts">All attempts before this one.</param>
internal sealed record Delivery(
    Guid DeliveryId, string Company, Guid NoticeId, string Type, Guid? EndpointId, string? Subject, string Body,
    int Tries, int Attempts, string? Url, byte[]? SealedSecret, string? Address, string? Destination = null,
    LocalDate? Month = null)
{
    /// <summary>False once the endpoint was removed or disabled, or the address erased: trying again changes
    /// nothing.</summary>
    public bool HasTarget => Url is not null || Address is not null || Destination is not null;
}

/// <summary>What came of one attempt.</summary>
/// <param name="Status">Of the answer, where there was one.</param>
/// <param name="Error">Null when it went well. A few words that tell nothing of the network it was tried from.</param>
/// <param name="Gone">The endpoint says that it is gone for good.</param>
internal sealed record Outcome(int? Status, string? Error, bool Gone = false);
