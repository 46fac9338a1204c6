using ColdChain.Core.Alerting;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Alerts.Channels;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>Puts alerts into the server.</summary>
internal static class AlertsComposition
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertOptions options, Func<IServiceProvider, IMqttLink> link) => services
        .AddSingleton(options)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SiteAlarms>(provider, link(provider)))
        .AddHostedService(provider => provider.GetRequiredService<SiteAlarms>())
        .AddSingleton<MessageWriter>()
        .AddSingleton<Acknowledging>()
        .AddSingleton<AcknowledgingByLink>()
        .AddSingleton(provider => new ChannelService([.. ChannelsOf(options, provider).Select(channel => ActivatorUtilities.CreateInstance<ChannelWorker>(provider, channel, LogOf(provider)))]))
        .AddHostedService(provider => provider.GetRequiredService<ChannelService>())
        .AddSingleton<LadderService>()
        .AddHostedService(provider => provider.GetRequiredService<LadderService>())
        .AddHostedService<OnCallWatch>()
        .AddSingleton<IncidentKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<IncidentKeeper>());

    private static IEnumerable<IAlertChannel> ChannelsOf(AlertOptions options, IServiceProvider provider)
    {
        yield return new AnnunciatorChannel(provider.GetRequiredService<SiteAlarms>());
        if (options.Smtp is { } smtp)
        {
            yield return new SmtpChannel(smtp, provider.GetRequiredService<RecordStore>().Id);
        }

        if (options.Sms is { } sms)
        {
            yield return new GatewayChannel(AlertChannel.Sms, sms, provider.GetRequiredService<GuardedSender>());
        }

        if (options.Voice is { } voice)
        {
            yield return new GatewayChannel(AlertChannel.Voice, voice, provider.GetRequiredService<GuardedSender>());
        }

        if (options.Webhook is { } webhook)
        {
            yield return new WebhookChannel(webhook, provider.GetRequiredService<GuardedSender>());
        }
    }

    private static ILogger LogOf(IServiceProvider provider) => provider.GetRequiredService<ILogger<ChannelWorker>>();
}
