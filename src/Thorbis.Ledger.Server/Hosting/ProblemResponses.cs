using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using JasperFx;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;
using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>What no endpoint answered itself (exceptions, bare status codes), as problem+json without
/// internals.</summary>
public static partial class ProblemResponses
{
    /// <summary>Seconds after which a caller may try again when the database is away.</summary>
    private const string RetryAfter = "5";
    private const string ParameterReason = "The parameter is missing or cannot be read.";

    public static WebApplicationBuilder AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        return builder;
    }

    /// <summary>First in the pipeline.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
                AnswerAsync(context, context.Features.Get<IExceptionHandlerFeature>()!.Error),
            SuppressDiagnosticsCallback = failed => StatusOf(failed.Exception) < 500,
        });
        app.UseStatusCodePages(context => OfBareStatus(context.HttpContext).ExecuteAsync(context.HttpContext));
        return app;
    }

    /// <summary>422 for a field, 409 for what the state of things forbids.</summary>
    public static IResult ToProblem(this Refusal why) => why.Field is { } field
        ? Problems.Invalid(field, why.Detail)
        : Problems.Of(StatusCodes.Status409Conflict, why.Code, "The ledger refused this.", why.Detail);

    /// <summary>The problem of a bare status code; <c>type</c> is its reason phrase.</summary>
    public static IResult ForStatus(int status)
    {
        var phrase = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } known ? known : "Failed";
        return Problems.Of(status, phrase.ToLowerInvariant().Replace(' ', '-'), phrase + ".");
    }

    /// <summary>An optional parameter that cannot be read is answered 400 without a word by generated endpoints: it is
    /// looked for here.</summary>
    private static IResult OfBareStatus(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var parameters = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [];
        return status == StatusCodes.Status400BadRequest
            && parameters.FirstOrDefault(one => one.HasTryParse && !CanBeRead(http, one)) is { } unread
            ? Malformed(unread.Name, ParameterReason)
            : ForStatus(status);
    }

    private static bool CanBeRead(HttpContext http, IParameterBindingMetadata parameter)
    {
        var given = http.GetRouteValue(parameter.Name) as string ?? http.Request.Query[parameter.Name].ToString();
        var type = parameter.ParameterInfo.ParameterType;
        return given.Length == 0
            || TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).IsValid(given);
    }

    private static Task AnswerAsync(HttpContext context, Exception failure)
    {
        var status = StatusOf(failure);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }
        return ProblemOf(failure, status).ExecuteAsync(context);
    }

    private static int StatusOf(Exception failure) =>
        Causes(failure).Select(StatusOfCause).FirstOrDefault(status => status is not null)
        ?? StatusCodes.Status500InternalServerError;

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static int? StatusOfCause(Exception cause) => cause switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        NotSupportedException { Source: "System.Text.Json" } => StatusCodes.Status400BadRequest,
        ConcurrencyException => StatusCodes.Status409Conflict,
        PostgresException
        {
            SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter
        } => StatusCodes.Status422UnprocessableEntity,
        PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure
        } => StatusCodes.Status409Conflict,
        NpgsqlException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };

    private static IResult ProblemOf(Exception failure, int status) => (failure, status) switch
    {
        (_, StatusCodes.Status400BadRequest) => Malformed(failure),
        (_, StatusCodes.Status422UnprocessableEntity) => Problems.Of(status, "invalid", "A field cannot be accepted.",
            "A text of the request holds a character that cannot be stored, such as U+0000."),
        (_, StatusCodes.Status409Conflict) => Problems.Of(status, "concurrent-change",
            "Somebody changed the same thing at the same time.", "Nothing was changed; repeat the request."),
        (_, StatusCodes.Status503ServiceUnavailable) => Problems.Of(status, "database-away",
            "The database cannot be reached.", "Nothing was changed; repeat the request in a few seconds."),
        (_, StatusCodes.Status500InternalServerError) => Problems.Of(status, "internal", "The ledger failed.",
            "The failure is in the log under the trace id of this answer."),
        _ => ForStatus(status),
    };

    /// <summary>400 with the field that could not be read, where one can be told.</summary>
    private static IResult Malformed(Exception bad)
    {
        // One of several shapes, without the kind that says which, is told by the reader in a way of its own.
        var inBody = bad is NotSupportedException || bad.InnerException is JsonException;
        var field = bad.InnerException is JsonException json ? json.Path ?? "$"
            : (inBody ? JsonPath() : ParameterName()).Match(bad.Message).Groups["name"].Value;
        return Malformed(
            field,
            inBody ? "The body is not JSON, or not of the form this operation takes." : ParameterReason);
    }

    private static IResult Malformed(string field, string reason) => Results.Problem(
        type: Problems.TypePrefix + "malformed", title: "The request cannot be read.", detail: reason,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?>
        {
            ["errors"] = new Dictionary<string, string[]>
            {
                [field.Length > 0 ? JsonNamingPolicy.CamelCase.ConvertName(field) : "$"] = [reason],
            },
        });

    [GeneratedRegex("Path: (?<name>[^ ]+) ")]
    private static partial Regex JsonPath();

    [GeneratedRegex("parameter \"[^\"]* (?<name>[^\" ]+)\"")]
    private static partial Regex ParameterName();
}
