using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Mailboxes;

/// <summary>A company's voicemail boxes, and what was in force of each at any time.</summary>
public static class GetMailboxes
{
    public static void Map(RouteGroupBuilder api)
    {
        var mailboxes = api.MapGroup("/mailboxes").WithTags("Mailboxes");
        mailboxes.MapGet("", ListAsync).Allow(Permissions.ReadMailboxes)
            .WithName("GetMailboxes")
            .WithSummary("The voicemail boxes that are in force at an instant, or planned, by id.")
            .Produces<Page<MailboxListItem>>().ProducesProblem(422);
        mailboxes.MapGet("/{mailboxId}", GetAsync).Allow(Permissions.ReadMailboxes)
            .WithName("GetMailbox")
            .WithSummary("What is in force of a box at an instant, as known at any; its ETag is for If-Match.")
            .Produces<MailboxView>().ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageAsk page, [AsParameters] ConfigurationAsk ask, HttpContext context,
        ConfigurationReading reading, CancellationToken stop) =>
        PageRequest.Refuse(page.Cursor, page.Limit, out var after, out var size) ?? await reading.AnswerAsync(
            context.User, ask,
            (history, at) => Results.Ok(Page.Of(
                history.Mailboxes.Where(box => string.CompareOrdinal(box.Key, after) > 0)
                    .OrderBy(box => box.Key, StringComparer.Ordinal)
                    .Select(box => (Id: box.Key, Box: box.Value, Next: box.Value.From(at).FirstOrDefault()))
                    .Where(box => box.Next is not null).Take(size + 1)
                    .Select(box => new MailboxListItem(
                        box.Id, box.Next!.Name, box.Box.Version, MailboxView.StatusOf(box.Box, at),
                        box.Box.HasPin(at)))
                    .ToList(),
                size, item => [item.MailboxId])),
            stop);

    private static Task<IResult> GetAsync(
        string mailboxId, [AsParameters] ConfigurationAsk ask, HttpContext context, ConfigurationReading reading,
        CancellationToken stop) => reading.AnswerAsync(context.User, ask, (history, at) =>
        {
            if (!history.Mailboxes.TryGetValue(mailboxId, out var box))
            {
                return Problems.NotFound(MailboxSetup.Thing);
            }
            VersionTag.Write(context.Response, box.Version);
            return Results.Ok(MailboxView.Of(mailboxId, box, at));
        }, stop);
}
