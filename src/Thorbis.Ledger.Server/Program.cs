using NodaTime;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

var builder = WebApplication.CreateBuilder(args);
var setup = await DatabaseSetup.ResolveAsync(builder.Configuration, builder.Environment.IsDevelopment());
builder.Services.AddSingleton(setup);
builder.Services.AddSingleton(setup.Database);
builder.Services.AddNpgsqlDataSourceOf(setup);
#pragma warning disable RS0030 // The one place that names the system clock; all else takes IClock.
IClock clock = SystemClock.Instance;
#pragma warning restore RS0030
builder.Services.AddSingleton(clock);
builder.AddLedgerStore(setup.Database, clock, solo: setup.Embedded is not null);
builder.AddIntake();

var app = builder.Build();
ReceiveWebhook.Map(app);
return await app.RunLedgerAsync(setup, args);
