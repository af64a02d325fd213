using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>Defines, revises, retires and restores voicemail boxes. Each is one fact; the same command again records
/// nothing.</summary>
public static class ChangeMailbox
{
    /// <param name="Greeting">What callers hear before the tone; the carrier's own when left out.</param>
    /// <param name="Notice">Who is told of a message; nobody when left out.</param>
    public sealed record MailboxRequest(
        [property: MinLength(1), MaxLength(MailboxRules.NameLengthMax)] string Name,
        Announcement? Greeting = null,
        VoicemailNotice? Notice = null,
        [property: Description("Messages are put into text.")] bool Transcribe = false,
        [property: Range(Mailbox.MessageSecondsLeast, Mailbox.MessageSecondsMost),
            Description("The longest message; 180 seconds when left out.")]
        int MessageSecondsMax = 180,
        [property: Range(1, Mailbox.MessagesMost), Description("How many it holds; 100 when left out.")]
        int MessagesMax = 100,
        [property: Range(1, Mailbox.RetentionDaysMost),
            Description("After so many days a message is deleted, such as 7, 30, 60, 90 or 365; never when left out.")]
        int? RetentionDays = null,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        [property: Description("From when on it is in force, within ten years; now when left out.")]
        Instant? EffectiveAt = null)
    {
        internal Mailbox Of(string mailboxId) => new(
            mailboxId, Name.Trim(), Greeting, Notice, Transcribe, MessageSecondsMax, MessagesMax, RetentionDays);
    }

    /// <param name="Version">The one whose settings it shall have again.</param>
    public sealed record RestoreMailboxRequest(
        [property: Range(1, int.MaxValue)] int Version,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null,
        [property: Description("From when on it is in force, within ten years; now when left out.")]
        Instant? EffectiveAt = null);

    public static void Map(RouteGroupBuilder api)
    {
        var mailboxes = api.MapGroup("/mailboxes").WithTags("Mailboxes");
        mailboxes.MapPost("", PostAsync).Allow(Permissions.ManageMailboxes)
            .WithName("DefineMailbox").WithSummary("Define a voicemail box; at most 500.")
            .Produces<MailboxChangedView>(201).Produces<MailboxChangedView>()
            .ProducesProblem(409).ProducesProblem(422);
        mailboxes.MapPut("/{mailboxId}", PutAsync).Allow(Permissions.ManageMailboxes).NeedsVersion()
            .WithName("ReviseMailbox").WithSummary("Change a voicemail box, whole; a stale edit is refused.")
            .Produces<MailboxChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        mailboxes.MapDelete("/{mailboxId}", DeleteAsync).Allow(Permissions.ManageMailboxes).NeedsVersion()
            .WithName("RetireMailbox").WithSummary("Retire a voicemail box that nothing names; it can be restored.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        mailboxes.MapPost("/{mailboxId}/restore", RestoreAsync).Allow(Permissions.ManageMailboxes).NeedsVersion()
            .WithName("RestoreMailbox").WithSummary("Make a voicemail box what a former version was.")
            .Produces<MailboxChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static Task<IResult> PostAsync(
        MailboxRequest request,
        [Description("An id of the caller's own, so that the request can be repeated and rules can name it: "
            + MailboxRules.IdExpected + " A new one when left out.")]
        string? mailboxId,
        HttpContext context, ConfigurationChanges changes, CancellationToken stop)
    {
        var id = string.IsNullOrEmpty(mailboxId) ? $"{Guid.CreateVersion7()}" : mailboxId;
        return changes.ApplyAsync(
            context, MailboxSetup.StreamOf(id), MailboxSetup.Thing, new(request.Reason, request.EffectiveAt),
            scene => MailboxDecider.Define(
                Known(scene, id), request.Of(id), scene.Change, Others(scene, id), scene.Inventory, scene.Now),
            changed => changed.Made
                ? Results.Created($"/api/v1/mailboxes/{id}", new MailboxChangedView(id, changed.Version))
                : Results.Ok(new MailboxChangedView(id, changed.Version)),
            stop);
    }

    private static async Task<IResult> PutAsync(
        string mailboxId, MailboxRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            mailboxId, new(request.Reason, request.EffectiveAt, version), context, changes,
            (box, scene) => MailboxDecider.Set(
                box, request.Of(mailboxId), scene.Change, Others(scene, mailboxId), scene.Inventory, scene.Now),
            changed => Results.Ok(new MailboxChangedView(mailboxId, changed.Version)), stop);

    private static async Task<IResult> DeleteAsync(
        string mailboxId, [AsParameters] QueryEdit query, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? query.Refuse(version, out var edit)
        ?? await ChangeAsync(
            mailboxId, edit, context, changes,
            (box, scene) => MailboxDecider.Retire(box, scene.Change, scene.References, scene.Now),
            _ => Results.NoContent(), stop);

    private static async Task<IResult> RestoreAsync(
        string mailboxId, RestoreMailboxRequest request, HttpContext context, ConfigurationChanges changes,
        CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await ChangeAsync(
            mailboxId, new(request.Reason, request.EffectiveAt, version), context, changes,
            (box, scene) => MailboxDecider.Restore(
                box, request.Version, scene.Change, Others(scene, mailboxId), scene.Inventory, scene.Now),
            changed => Results.Ok(new MailboxChangedView(mailboxId, changed.Version)), stop);

    private static Task<IResult> ChangeAsync(
        string mailboxId, Edit edit, HttpContext context, ConfigurationChanges changes,
        Func<MailboxHistory, Scene, Decision<MailboxFact>> decide, Func<Changed, IResult> answer,
        CancellationToken stop) => changes.ApplyAsync(
        context, MailboxSetup.StreamOf(mailboxId), MailboxSetup.Thing, edit,
        scene => Known(scene, mailboxId) is { Version: > 0 } box ? decide(box, scene) : null, answer, stop);

    private static MailboxHistory Known(Scene scene, string mailboxId) =>
        scene.History.Mailboxes.GetValueOrDefault(mailboxId) ?? MailboxHistory.Empty;

    private static IEnumerable<MailboxHistory> Others(Scene scene, string mailboxId) =>
        scene.History.Mailboxes.Where(box => box.Key != mailboxId).Select(box => box.Value);
}
