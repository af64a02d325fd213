using Microsoft.AspNetCore.Routing.Constraints;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Budgets;
using Thorbis.Ledger.Server.ChangeSets;
using Thorbis.Ledger.Server.Configuration;
using Thorbis.Ledger.Server.Decisions;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Mailboxes;
using Thorbis.Ledger.Server.Menus;
using Thorbis.Ledger.Server.Notifications;
using Thorbis.Ledger.Server.Routing;
using Thorbis.Ledger.Server.Schedules;
using Thorbis.Ledger.Server.Team;
using Thorbis.Ledger.Server.Webhooks;

#pragma warning disable RS0030 // The one place that names the system clock; all else takes IClock.
IClock clock = SystemClock.Instance;
#pragma warning restore RS0030

// Slim: neither IIS nor HTTP/3, which nothing here speaks, in the memory of every node.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.Services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));
var setup = await DatabaseSetup.ResolveAsync(builder.Configuration, builder.Environment.IsDevelopment());
builder.Services.AddSingleton(clock).AddSingleton<CommandClock>();
builder.AddLedgerDatabase(setup);
builder.AddLedgerStore(setup.Database, clock, solo: setup.Embedded is not null);
builder.AddIntake();
builder.AddAccess();
builder.Services.AddReading();
builder.Services.AddConfigurations().AddMailboxes().AddAudit().AddDecisions().AddChangeSets();
builder.AddNotifications();
builder.AddBudgets();
builder.Services.AddLedgerHealth();
builder.AddOpenApiDocument();
builder.AddLedgerTelemetry();

var app = builder.Build();
app.UseProblems();
app.UseAccess();
CommandClock.Use(app);
app.MapLedgerHealth();
app.MapOpenApiDocument();
ReceiveWebhook.Map(app);
var api = app.MapGroup("/api/v1");
api.MapAccess();
api.MapReading();
api.MapNotifications();
api.MapBudgets();
api.MapSchedules();
api.MapAudit();
api.MapRouting();
api.MapChangeSets();
api.MapMailboxes();
api.MapTeam();
api.MapMenus();
api.MapDecisions();
api.MapConfigurations();
ReinterpretWebhooks.Map(api);
FindJournalEntry.Map(api);
return await app.RunLedgerAsync(setup, args);
