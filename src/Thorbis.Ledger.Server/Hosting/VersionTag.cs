using System.Globalization;
using Microsoft.OpenApi;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>Versions as the <c>ETag</c> of what was read and the <c>If-Match</c> of its change: a number in
/// quotes.</summary>
internal static class VersionTag
{
    // As every parameter of the document, in lower case; HTTP knows no case here.
    private const string Header = "if-match";

    public static void Write(HttpResponse response, int version) => response.Headers.ETag = $"\"{version}\"";

    /// <returns>A 428 without the header, a 422 for one that names no version; null with
    /// <paramref name="version"/>.</returns>
    public static IResult? Refuse(HttpRequest request, out int version)
    {
        version = 0;
        var tag = request.Headers.IfMatch.ToString();
        return tag.Length == 0
            ? Problems.Of(
                StatusCodes.Status428PreconditionRequired, "precondition-required", "The version is needed.",
                "If-Match names the version that was edited, in quotes: the ETag of what was read.")
            : tag is ['"', .. var number, '"']
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out version)
                ? null
                : Problems.Invalid("If-Match", "Expected one version in quotes, such as \"3\".");
    }

    /// <summary>Says so in the document.</summary>
    public static RouteHandlerBuilder NeedsVersion(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status428PreconditionRequired)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Header,
                In = ParameterLocation.Header,
                Required = true,
                Description = "The version that was edited, in quotes: the ETag of what was read.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^\"[0-9]+\"$" },
            });
            return Task.CompletedTask;
        });
}
