using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Keeps the keys that seal cookies in the database, where they outlive a restart and serve every
/// node.</summary>
public sealed class CookieKeyRing(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var keys = scope.ServiceProvider.GetRequiredService<LedgerIdentity>().CookieKeys;
        return [.. keys.Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var identity = scope.ServiceProvider.GetRequiredService<LedgerIdentity>();
        identity.CookieKeys.Add(new() { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        identity.SaveChanges();
    }
}
