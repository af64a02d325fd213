using Microsoft.Extensions.Options;
using NodaTime;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>Wires what hands notices over, by e-mail and by signed webhook.</summary>
public static class NotificationSetup
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NotificationOptions>().BindConfiguration(NotificationOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookSecrets>().AddSingleton<MailSender>().AddSingleton<DeliveryTable>();
        services.AddSingleton(provider => new WebhookSender(
            provider.GetRequiredService<WebhookSecrets>(), provider.GetRequiredService<IClock>(),
            provider.GetRequiredService<IOptions<NotificationOptions>>(), builder.Environment.IsDevelopment()));
        services.AddSingleton<DeliverySender>()
            .AddHostedService(provider => provider.GetRequiredService<DeliverySender>());
    }

    public static void MapNotifications(this RouteGroupBuilder api)
    {
        AddWebhookEndpoint.Map(api);
        ChangeWebhookEndpoint.Map(api);
        GetEndpointDeliveries.Map(api);
        GetDeliveries.Map(api);
    }
}
