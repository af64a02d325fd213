using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Reading that is itself on record.</summary>
internal static class RecordedReads
{
    private const int SubjectLengthMax = 2_000;

    /// <summary>Records who read, when, from where, with which path and query; refused requests too.</summary>
    /// <param name="action">Such as <c>trail.read</c>.</param>
    public static RouteHandlerBuilder Recorded(this RouteHandlerBuilder endpoint, string action) =>
        endpoint.Recorded(action, (object _) => null);

    /// <param name="action">Such as <c>trail.read</c>.</param>
    /// <param name="rows">How many rows an answer has; null where that is not known.</param>
    /// <typeparam name="TAnswer">What is answered when all is well.</typeparam>
    public static RouteHandlerBuilder Recorded<TAnswer>(
        this RouteHandlerBuilder endpoint, string action, Func<TAnswer, int?> rows) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var (http, answer) = (context.HttpContext, await next(context));
            var entry = Entry(http, action) with
            {
                Status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK,
                Rows = (answer as IValueHttpResult)?.Value is TAnswer told ? rows(told) : null,
            };
            return await http.RequestServices.GetRequiredService<ReadingRecord>().RecordAsync(entry)
                ? answer
                : Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "access-log-full",
                    "Who reads this is put on record, and the record takes nothing at the moment.",
                    "Repeat the request in a few seconds.");
        });

    private static AccessEntry Entry(HttpContext http, string action)
    {
        var actor = Actor.Of(http.User);
        var subject = $"{http.Request.Path}{http.Request.QueryString}";
        return http.RequestServices.GetRequiredService<AccessLog>().Entry(
            actor.Company, actor.Id, action,
            subject.Length <= SubjectLengthMax ? subject : $"{subject[..SubjectLengthMax]}…") with
        {
            Address = ClientAddress.Of(http),
        };
    }
}
