using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Menus;

/// <summary>Walks through a menu without a phone. Records nothing.</summary>
public static class TestMenu
{
    private const int ScriptLengthMax = 2_000;

    private const string Script =
        "Keys 0-9 * #, t for a time-out, s for silence from there on, ? for a key that is not known; blanks are free.";

    /// <param name="Script">Such as <c>1 t 9 s</c>.</param>
    public sealed record TestMenuRequest(
        [property: MaxLength(ScriptLengthMax), Description(Script)] string Script);

    /// <param name="Menu">As it would be saved; what it names need not be there yet.</param>
    public sealed record TestDraftRequest(
        Menu Menu, [property: MaxLength(ScriptLengthMax), Description(Script)] string Script);

    /// <param name="Input">What the caller did; left out where the caller was not asked.</param>
    /// <param name="Said">What the caller heard then.</param>
    /// <param name="Text">The same as text.</param>
    public sealed record MenuStepView(
        string Node, MenuStepKind Kind, string? Input, IReadOnlyList<Announcement> Said, string Text);

    /// <param name="Steps">The first 2,000.</param>
    /// <param name="MoreSteps">How many there were after them.</param>
    /// <param name="Used">What of the script the menu took.</param>
    /// <param name="Left">What of it was left over.</param>
    public sealed record MenuTestView(
        string MenuId, Instant At, IReadOnlyList<MenuStepView> Steps, int MoreSteps, MenuEndView End, string Used,
        string Left);

    public static void Map(RouteGroupBuilder api)
    {
        var menus = api.MapGroup("/menus").WithTags("Menus");
        menus.MapPost("/{menuId}/test", PostAsync).Allow(Permissions.ReadMenus)
            .WithName("TestMenu").WithSummary("Walk through the menu in force by a script of keys and time-outs.")
            .Produces<MenuTestView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        menus.MapPost("/test", PostDraftAsync).Allow(Permissions.ReadMenus).WithMetadata(ChangeMenu.BodyMax)
            .WithName("TestDraftMenu").WithSummary("Walk through a menu that is not saved.")
            .WithDescription(ChangeMenu.Limits).Produces<MenuTestView>().ProducesProblem(422);
    }

    private static async Task<IResult> PostAsync(
        string menuId, [AsParameters] ConfigurationAsk ask, TestMenuRequest request, ClaimsPrincipal user,
        ConfigurationReading reading, Memberships memberships, CancellationToken stop) =>
        Refuse(request.Script, out var script) ?? await MenuSetup.AnswerAsync(
            menuId, ask, user, reading,
            async (history, menu, at) => Results.Ok(View(
                menu, at, script, await MenuSetup.WordsAsync(history, at, user, memberships, stop))),
            stop);

    private static async Task<IResult> PostDraftAsync(
        TestDraftRequest request, ClaimsPrincipal user, ConfigurationReading reading, Memberships memberships,
        IClock clock, CancellationToken stop)
    {
        if (Refuse(request.Script, out var script) is { } refused)
        {
            return refused;
        }
        if (MenuRules.Check(request.Menu) is [var wrong, ..])
        {
            return Problems.Invalid($"menu.{wrong.Field}", wrong.Detail);
        }
        var (history, now) = (await reading.ReadAsync(user, stop), clock.GetCurrentInstant());
        return Results.Ok(View(
            request.Menu, now, script, await MenuSetup.WordsAsync(history, now, user, memberships, stop)));
    }

    private static IResult? Refuse(string text, out IReadOnlyList<MenuInput> script)
    {
        script = [];
        if (text.Length > ScriptLengthMax)
        {
            return Problems.Invalid("script", $"A script has at most {ScriptLengthMax} characters.");
        }
        if (!MenuInput.TryParse(text, out var inputs))
        {
            return Problems.Invalid("script", Script);
        }
        script = inputs;
        return null;
    }

    private static MenuTestView View(Menu menu, Instant at, IReadOnlyList<MenuInput> script, DestinationWords words)
    {
        var path = MenuWalk.Run(menu, script);
        return new(
            menu.Id, at,
            [
                .. path.Steps.Select(step => new MenuStepView(
                    step.Node, step.Kind, step.Input?.ToString(), step.Said,
                    string.Join('\n', step.Said.Select(Text)))),
            ],
            path.Untold, MenuEndView.Of(path.End, words), string.Join(' ', script.Take(path.Inputs)),
            string.Join(' ', script.Skip(path.Inputs)));
    }

    private static string Text(Announcement announcement) => announcement switch
    {
        SpokenText spoken => spoken.Text,
        AudioFile file => $"[recording {file.Audio}]",
        _ => "",
    };
}
