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
        .AddHostedService(provider => provider.GetRequiredService<IncidentKeeper>())
        .AddCanary(options.Canary);

    private static IServiceCollection AddCanary(this IServiceCollection services, CanaryOptions? canary) => canary is null ? services : services
        .AddSingleton(canary)
        .AddSingleton<CanaryKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<CanaryKeeper>());

    private static IEnumerable<IAlertChannel> ChannelsOf(AlertOptions options, IServiceProvider provider) =>
    [
        new AnnunciatorChannel(provider.GetRequiredService<SiteAlarms>()),
        .. OutsideChannels(options, provider.GetRequiredService<GuardedSender>(), provider.GetRequiredService<RecordStore>().Id),
    ];

    /// <summary>The channels that lead out of the site.</summary>
    /// <param name="options">Which are set up.</param>
    /// <param name="sender">What sends by HTTP.</param>
    /// <param name="from">What tells this sender's mails from another one's.</param>
    public static IEnumerable<IAlertChannel> OutsideChannels(AlertOptions options, GuardedSender sender, string from)
    {
        if (options.Smtp is { } smtp)
        {
            yield return new SmtpChannel(smtp, from);
        }

        if (options.Sms is { } sms)
        {
            yield return new GatewayChannel(AlertChannel.Sms, sms, sender);
        }

        if (options.Voice is { } voice)
        {
            yield return new GatewayChannel(AlertChannel.Voice, voice, sender);
        }

        if (options.Webhook is { } webhook)
        {
            yield return new WebhookChannel(webhook, sender);
        }
    }

    private static ILogger LogOf(IServiceProvider provider) => provider.GetRequiredService<ILogger<ChannelWorker>>();
}
