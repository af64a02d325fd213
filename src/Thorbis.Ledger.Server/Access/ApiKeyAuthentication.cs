using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Lets in programs by <c>Authorization: Bearer tlk_…</c>.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder,
    Memberships memberships) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "api-key";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || !ApiKeySecret.TryParse(header[Bearer.Length..].Trim(), out var keyId, out var hash))
        {
            return AuthenticateResult.Fail("Not an API key.");
        }
        var key = await memberships.OfKeyAsync(keyId, Context.RequestAborted);
        if (key is null || !ApiKeySecret.Same(hash, key.SecretHash))
        {
            Logger.LogWarning("API key {KeyId} refused from {Address}.", keyId, Context.Connection.RemoteIpAddress);
            return AuthenticateResult.Fail("No such key.");
        }
        await memberships.KeyUsedAsync(key, Context.Connection.RemoteIpAddress?.ToString(), Context.RequestAborted);
        var principal = Principals.Of(Scheme.Name, $"key:{key.KeyId}", key.KeyName, key.Company, isOperator: false);
        return AuthenticateResult.Success(new(principal, Scheme.Name));
    }
}
