using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>Gives voicemail boxes their PINs, and takes them away. The digits come in and are never told.</summary>
public static class SetMailboxPin
{
    public sealed record PinRequest(
        [property: RegularExpression("^[0-9]{4,10}$"), Description("4 to 10 digits; not all the same, not in a row.")]
        string Pin,
        [property: MaxLength(Change.ReasonLengthMax)] string? Reason = null)
    {
        /// <summary>Without the digits, should it ever be logged.</summary>
        public override string ToString() => nameof(PinRequest);
    }

    public static void Map(RouteGroupBuilder api)
    {
        var pin = api.MapGroup("/mailboxes/{mailboxId}/pin").WithTags("Mailboxes");
        pin.MapPut("", PutAsync).Allow(Permissions.ManageMailboxes).NeedsVersion()
            .WithName("SetMailboxPin").WithSummary("Give a voicemail box a PIN, or another one, at once.")
            .Produces<MailboxChangedView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        pin.MapDelete("", DeleteAsync).Allow(Permissions.ManageMailboxes).NeedsVersion()
            .WithName("ClearMailboxPin").WithSummary("Take a voicemail box's PIN away, at once.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<IResult> PutAsync(
        string mailboxId, PinRequest request, HttpContext context, ConfigurationChanges changes, MailboxPins pins,
        CancellationToken stop)
    {
        if (MailboxRules.CheckPin(request.Pin) is { } refusal)
        {
            return refusal.ToProblem();
        }
        var company = Actor.Of(context.User).Company;
        var hash = pins.Hash(mailboxId, request.Pin); // Before anybody has to wait for this change.
        return await ChangeAsync(
            mailboxId, request.Reason, context, changes,
            async (box, scene, transaction) =>
            {
                var same = await pins.IsAsync(transaction, company, mailboxId, request.Pin, stop);
                await MailboxPins.WriteAsync(transaction, company, mailboxId, hash, scene.Now, stop);
                return MailboxDecider.SetPin(box, mailboxId, request.Pin, same, scene.Change, scene.Now);
            },
            changed => Results.Ok(new MailboxChangedView(mailboxId, changed.Version)), stop);
    }

    private static Task<IResult> DeleteAsync(
        string mailboxId, [Description("Why, at most 500 characters.")] string? reason, HttpContext context,
        ConfigurationChanges changes, CancellationToken stop) => ChangeAsync(
        mailboxId, reason, context, changes,
        async (box, scene, transaction) =>
        {
            await MailboxPins.EraseAsync(transaction, Actor.Of(context.User).Company, mailboxId, stop);
            return MailboxDecider.ClearPin(box, mailboxId, scene.Change, scene.Now);
        },
        _ => Results.NoContent(), stop);

    /// <param name="change">What it writes is undone where its decision has no facts.</param>
    private static async Task<IResult> ChangeAsync(
        string mailboxId, string? reason, HttpContext context, ConfigurationChanges changes,
        Func<MailboxHistory, Scene, FactTransaction, Task<Decision<MailboxFact>?>> change,
        Func<Changed, IResult> answer, CancellationToken stop) =>
        VersionTag.Refuse(context.Request, out var version) ?? await changes.ApplyAsync(
            context, MailboxSetup.StreamOf(mailboxId), MailboxSetup.Thing, new(reason, null, version),
            async (scene, transaction) => scene.History.Mailboxes.TryGetValue(mailboxId, out var box)
                ? await change(box, scene, transaction)
                : null,
            answer, stop);
}
