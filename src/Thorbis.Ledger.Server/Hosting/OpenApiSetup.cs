using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using Scalar.AspNetCore;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>The API's own description, at /openapi/v1.json, and pages to browse it, at /docs.</summary>
public static class OpenApiSetup
{
    private const string Cookie = "cookie";
    private const string Bearer = "bearer";
    private const string Problem = "application/problem+json";

    public static void AddOpenApiDocument(this WebApplicationBuilder builder)
    {
        // Numbers are numbers: the web default, which also takes them as text, would say so in every schema.
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(Describe);
            options.AddOperationTransformer(Guard);
            options.AddOperationTransformer(NameParameters);
            options.AddSchemaTransformer(ShapeTimes);
        });
    }

    /// <summary>Both are open to everybody: they hold no company's content.</summary>
    public static void MapOpenApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        // All assets come out of the package: the pages work without the internet.
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("Thorbis Ledger")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()).AllowAnonymous();
    }

    private static Task Describe(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new()
        {
            Title = "Thorbis Ledger",
            Version = "v1",
            Description =
                "Calls, messages and usage of one company, with the signed webhook behind every fact. The company "
                + "comes from the token. Lists page by the opaque next; failures are application/problem+json.",
        };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "ledger",
                Description = "From POST /api/v1/sign-in. What changes something also needs the x-antiforgery header.",
            },
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = "An API key of the company: tlk_…",
            },
        };
        return Task.CompletedTask;
    }

    private static Task Guard(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [Requirement(Cookie, context.Document), Requirement(Bearer, context.Document)];
            Add(operation, "401", "Not signed in, and no valid API key.");
            Add(operation, "403", "The role, or the company, may not do this.");
        }
        return Task.CompletedTask;
    }

    /// <summary>Query parameters as callers write them; the framework shows the names of our properties.</summary>
    private static Task NameParameters(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Name = parameter is { In: ParameterLocation.Query, Name: { } name }
                ? JsonNamingPolicy.CamelCase.ConvertName(name)
                : parameter.Name;
        }
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static void Add(OpenApiOperation operation, string status, string description)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() },
        });
    }

    private static Task ShapeTimes(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var format = type == typeof(Instant) || type == typeof(OffsetDateTime) ? "date-time"
            : type == typeof(LocalDate) ? "date"
            : null;
        if (type == typeof(ClockTime))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-4][0-9]:[0-5][0-9]$";
        }
        if (format is not null)
        {
            var nullable = context.JsonTypeInfo.Type != type;
            schema.Type = nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = format;
            schema.Properties = null;
        }
        return Task.CompletedTask;
    }
}
