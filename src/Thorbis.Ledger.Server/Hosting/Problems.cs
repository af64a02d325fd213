using Microsoft.AspNetCore.Mvc;
using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Every failure as application/problem+json. <c>type</c> is stable and part of the API; text is for
/// people.</summary>
public static class Problems
{
    public const string TypePrefix = "urn:thorbis:ledger:";

    /// <summary>A problem without fields.</summary>
    /// <param name="code">Stable, kebab case: the end of <c>type</c>.</param>
    public static IResult Of(int status, string code, string title, string? detail = null) =>
        Results.Problem(type: TypePrefix + code, title: title, detail: detail, statusCode: status);

    /// <summary>422: the request is well formed, but a field cannot be taken as it is.</summary>
    public static IResult Invalid(string field, string reason) => Results.Problem(new ValidationProblemDetails
    {
        Type = TypePrefix + "invalid",
        Title = "A field cannot be accepted.",
        Detail = $"{field}: {reason}",
        Status = StatusCodes.Status422UnprocessableEntity,
        Errors = { [field] = [reason] },
    });

    /// <summary>409: the edit did not see the last version.</summary>
    /// <param name="edited">The version it saw.</param>
    /// <param name="version">The last one.</param>
    public static IResult StaleEdit(string detail, int edited, int version) => Results.Problem(
        type: TypePrefix + Refusal.StaleEdit, title: "Somebody changed it since it was read.", detail: detail,
        statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?> { ["edited"] = edited, ["version"] = version });

    /// <summary>404, also for what belongs to another company.</summary>
    public static IResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.");
}
