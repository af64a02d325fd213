using System.Security.Claims;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Routing;

/// <summary>The rule book as it is, was and will be, and who made it so.</summary>
public static class GetRuleBook
{
    public static void Map(RouteGroupBuilder book)
    {
        book.MapGet("", GetAsync).Allow(Permissions.ReadRules)
            .WithName("GetRuleBook")
            .WithSummary("The rules in their order, at an instant, as known at any; the ETag is for If-Match.")
            .Produces<RuleBookView>().ProducesProblem(422);
        book.MapGet("/rules/{ruleId:guid}", GetRuleAsync).Allow(Permissions.ReadRules)
            .WithName("GetRule").WithSummary("One rule, at an instant, as known at any.")
            .Produces<Rule>().ProducesProblem(404).ProducesProblem(422);
        book.MapGet("/removed", GetRemovedAsync).Allow(Permissions.ReadRules)
            .WithName("GetRemovedRules").WithSummary("Rules that were removed and can be restored, as they were last.")
            .Produces<Page<Rule>>().ProducesProblem(422);
        book.MapGet("/versions", ListAsync).DeclareVersions(
            Permissions.ReadScheduleVersions, "GetRuleBookVersions", "the rule book");
        book.MapGet("/versions/{version:int:min(1)}", GetVersionAsync).DeclareVersion<RuleBookVersionView>(
            Permissions.ReadScheduleVersions, "GetRuleBookVersion",
            "One version, with the book as that change left it.");
        book.MapGet("/blame", BlameAsync).Allow(Permissions.ReadScheduleVersions)
            .Recorded("blame.read", (Page<BlameView> page) => page.Items.Count)
            .WithName("GetRuleBookBlame")
            .WithSummary("Of each value in force at an instant, the change that set it.")
            .Produces<Page<BlameView>>().ProducesProblem(422);
    }

    private static Task<IResult> GetAsync(
        [AsParameters] ConfigurationAsk ask, HttpContext context, ConfigurationReading reading,
        CancellationToken stop) => reading.AnswerAsync(context.User, ask, (history, at) =>
        {
            VersionTag.Write(context.Response, history.Book.Version);
            return Results.Ok(RuleBookView.Of(history.Book, at));
        }, stop);

    private static Task<IResult> GetRuleAsync(
        Guid ruleId, [AsParameters] ConfigurationAsk ask, HttpContext context, ConfigurationReading reading,
        CancellationToken stop) => reading.AnswerAsync(context.User, ask, (history, at) =>
        {
            VersionTag.Write(context.Response, history.Book.Version);
            return history.Book.InForce(at).Rule(ruleId) is { } rule ? Results.Ok(rule) : Problems.NotFound("rule");
        }, stop);

    private static Task<IResult> GetRemovedAsync(
        [AsParameters] ConfigurationAsk ask, ClaimsPrincipal user, ConfigurationReading reading,
        CancellationToken stop) => reading.AnswerAsync(user, ask, (history, at) => Results.Ok(new Page<Rule>(
        [.. history.Book.StateAt(at).Removed.Values.OrderBy(rule => rule.Name).ThenBy(rule => rule.Id)], null)), stop);

    private static Task<IResult> ListAsync(
        [AsParameters] PageAsk ask, HttpContext context, ConfigurationReading reading, CancellationToken stop) =>
        ConfigurationVersions.ListAsync(reading, context, ask, ConfigurationHistory.BookStream, null, stop);

    private static async Task<IResult> GetVersionAsync(
        int version, ClaimsPrincipal user, ConfigurationReading reading, CancellationToken stop)
    {
        var history = await reading.ReadAsync(user, stop);
        return version <= history.Book.Version
            ? Results.Ok(new RuleBookVersionView(
                VersionView.Of(history.Of(ConfigurationHistory.BookStream)[version - 1], version),
                history.Book.AtVersion(version)))
            : Problems.NotFound("version");
    }

    private static Task<IResult> BlameAsync(
        [AsParameters] ConfigurationAsk ask, ClaimsPrincipal user, ConfigurationReading reading,
        CancellationToken stop) => reading.AnswerAsync(user, ask, (history, at) =>
        {
            var changes = history.Of(ConfigurationHistory.BookStream);
            return Results.Ok(new Page<BlameView>(
                [
                    .. RuleBookBlame.Of(history.Book, at).Select(value => new BlameView(
                        value.RuleId, value.Thing, value.Field,
                        VersionView.Of(changes[value.Version - 1], value.Version))),
                ],
                null));
        }, stop);
}
