using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Keeps the keys that seal cookies in the database, where they outlive a restart and serve every
/// node.</summary>
/// <remarks>Read at every start, so by plain SQL: Entity Framework and its model wait for the first sign-in.</remarks>
internal sealed class CookieKeyRing(LedgerDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.Owner.Command("""select "Xml" from identity.cookie_keys""");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.Owner.Command(
            """insert into identity.cookie_keys ("Name", "Xml") values ($1, $2)""",
            friendlyName, element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
