using Thorbis.Ledger.Domain.Companies;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Which roles may do what. Auditors read everything and change nothing.</summary>
public static class Permissions
{
    /// <summary>Read calls, messages, usage, numbers and the live feed.</summary>
    public static readonly Role[] ReadOperations =
        [Role.Owner, Role.Admin, Role.Manager, Role.Member, Role.Billing, Role.Auditor];

    /// <summary>Read the journal and open raw bodies.</summary>
    public static readonly Role[] ReadEvidence = [Role.Owner, Role.Admin, Role.Auditor];

    /// <summary>Have webhooks read again.</summary>
    public static readonly Role[] Reinterpret = [Role.Owner, Role.Admin];

    /// <summary>Take files away.</summary>
    public static readonly Role[] Export = [Role.Owner, Role.Admin, Role.Billing, Role.Auditor];

    /// <summary>Register numbers.</summary>
    public static readonly Role[] ManageNumbers = [Role.Owner, Role.Admin];

    /// <summary>Name customers, and link parties to them.</summary>
    public static readonly Role[] ManageCustomers = [Role.Owner, Role.Admin, Role.Manager, Role.Billing];

    /// <summary>See rate decks.</summary>
    public static readonly Role[] ReadRates = [Role.Owner, Role.Admin, Role.Manager, Role.Billing, Role.Auditor];

    /// <summary>See costs, their lines and what explains them.</summary>
    public static readonly Role[] ReadCosts = ReadRates;

    /// <summary>Publish rate decks.</summary>
    public static readonly Role[] ManageRates = [Role.Owner, Role.Admin, Role.Billing];

    /// <summary>Define and retire goals.</summary>
    public static readonly Role[] ManageGoals = [Role.Owner, Role.Admin, Role.Manager];
    /// <summary>See budgets, their spend and what they told of.</summary>
    public static readonly Role[] ReadBudgets = [Role.Owner, Role.Admin, Role.Manager, Role.Billing, Role.Auditor];

    /// <summary>Define, revise and retire budgets.</summary>
    public static readonly Role[] ManageBudgets = [Role.Owner, Role.Admin, Role.Billing];

    /// <summary>See schedules, and what they say.</summary>
    public static readonly Role[] ReadSchedules = ReadOperations;

    /// <summary>See who decided what of a schedule, and from where.</summary>
    public static readonly Role[] ReadScheduleVersions = [Role.Owner, Role.Admin, Role.Manager, Role.Auditor];

    /// <summary>Define, revise and retire schedules.</summary>
    public static readonly Role[] ManageSchedules = [Role.Owner, Role.Admin, Role.Manager];

    /// <summary>See everything that was changed, by whom and from where.</summary>
    public static readonly Role[] ReadTrail = [Role.Owner, Role.Admin, Role.Manager, Role.Auditor];

    /// <summary>Take it away: who may both read it and take files.</summary>
    public static readonly Role[] ExportTrail = [.. ReadTrail.Intersect(Export)];

    /// <summary>See who looked at what, who took what, who came in.</summary>
    public static readonly Role[] ReadAccessLog = [Role.Owner, Role.Admin, Role.Auditor];

    /// <summary>See the rule book.</summary>
    public static readonly Role[] ReadRules = ReadOperations;

    /// <summary>Change rules, queues, blocked callers and the default destination.</summary>
    public static readonly Role[] ManageRules = [Role.Owner, Role.Admin, Role.Manager];

    /// <summary>See the settings of voicemail boxes, never their PINs.</summary>
    public static readonly Role[] ReadMailboxes = ReadOperations;

    /// <summary>See who decided what of a voicemail box, and from where.</summary>
    public static readonly Role[] ReadMailboxVersions = ReadScheduleVersions;

    /// <summary>Define, revise, retire and restore voicemail boxes; set their PINs.</summary>
    public static readonly Role[] ManageMailboxes = ManageSchedules;

    /// <summary>See who takes calls, and how.</summary>
    public static readonly Role[] ReadTeam = ReadOperations;

    /// <summary>See who decided what of how a member takes calls, and from where.</summary>
    public static readonly Role[] ReadTeamVersions = ReadScheduleVersions;

    /// <summary>Say how any member takes calls.</summary>
    public static readonly Role[] ManageTeam = ManageSchedules;

    /// <summary>Say whether one takes calls oneself.</summary>
    public static readonly Role[] SetOwnAvailability = [.. ManageTeam, Role.Member];

    /// <summary>See menus, try them out, and see how they are walked.</summary>
    public static readonly Role[] ReadMenus = ReadOperations;

    /// <summary>See who decided what of a menu, and from where.</summary>
    public static readonly Role[] ReadMenuVersions = ReadScheduleVersions;

    /// <summary>Define, revise, retire and restore menus.</summary>
    public static readonly Role[] ManageMenus = ManageSchedules;

    /// <summary>See what rules decide: of imagined calls, of those that were, and of drafts.</summary>
    public static readonly Role[] ReadDecisions = [Role.Owner, Role.Admin, Role.Manager, Role.Auditor];

    /// <summary>See all that was in force at an instant, members too.</summary>
    public static readonly Role[] ReadConfigurationHistory = ReadScheduleVersions;

    /// <summary>See where webhooks go, and what became of each.</summary>
    public static readonly Role[] ReadEndpoints = [Role.Owner, Role.Admin, Role.Auditor];

    /// <summary>See what was sent by e-mail, webhook and as files, and what became of it.</summary>
    public static readonly Role[] ReadDeliveries = [Role.Owner, Role.Admin, Role.Billing, Role.Auditor];

    /// <summary>Send an e-mail or a statement again.</summary>
    public static readonly Role[] Redeliver = [Role.Owner, Role.Admin, Role.Billing];

    /// <summary>Add, enable and remove the addresses that webhooks go to; send one again.</summary>
    public static readonly Role[] ManageEndpoints = [Role.Owner, Role.Admin];
    /// <summary>See what came of comparing the ledger with the carrier's files and invoices.</summary>
    public static readonly Role[] ReadReconciliations =
        [Role.Owner, Role.Admin, Role.Manager, Role.Billing, Role.Auditor];

    /// <summary>Compare the carrier's files and invoices with the ledger.</summary>
    public static readonly Role[] Reconcile = [Role.Owner, Role.Admin, Role.Billing];

    /// <summary>See members and API keys.</summary>
    public static readonly Role[] ReadAccess = [Role.Owner, Role.Admin, Role.Auditor];

    /// <summary>Change members and API keys.</summary>
    public static readonly Role[] ManageAccess = [Role.Owner, Role.Admin];
}
