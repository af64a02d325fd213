using NodaTime;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The instant at which commands on members and on what decides on calls are recorded: now. A demonstration
/// may set it back for one request, so that its companies have a past; everything else goes by the clock itself.
/// </summary>
public sealed class CommandClock(IClock clock)
{
    /// <summary>True lets requests in Development set the clock back.</summary>
    public const string Setting = "Demo:ClockHeader";

    /// <summary>Of a request: an instant with its offset. Of the answer: the same, where it counts.</summary>
    public const string Header = "x-demo-clock";

    private readonly AsyncLocal<Instant?> _setBack = new();

    public Instant GetCurrentInstant() => _setBack.Value ?? clock.GetCurrentInstant();

    /// <summary>Lets requests set the clock back, in Development and where the setting says so; elsewhere the header
    /// means nothing.</summary>
    public static void Use(WebApplication app)
    {
        if (app.Environment.IsDevelopment() && app.Configuration.GetValue<bool>(Setting))
        {
            app.Use(app.Services.GetRequiredService<CommandClock>().AnswerAsync);
        }
    }

    // What is set in an asynchronous method holds in what it calls, and is gone when it ends: so no other request and
    // no service of the host ever sees it.
    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[Header].ToString() is { Length: > 0 } asked)
        {
            if (AskedTime.ParseInstant(asked) is not { } past || past > clock.GetCurrentInstant())
            {
                await Problems.Invalid(Header, $"{AskedTime.InstantExpected} Not in the future.").ExecuteAsync(context);
                return;
            }
            _setBack.Value = past;
            context.Response.Headers[Header] = asked;
        }
        await next(context);
    }
}
