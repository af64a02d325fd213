namespace Thorbis.Ledger.Server.Routing;

/// <summary>Wires the operations of the rule book.</summary>
public static class RoutingSetup
{
    public static void MapRouting(this RouteGroupBuilder api)
    {
        var book = api.MapGroup("/rulebook").WithTags("Rule book");
        GetRuleBook.Map(book);
        ChangeRules.Map(book);
        ChangeQueues.Map(book);
        ChangeRuleBook.Map(book);
    }
}
