using ColdChain.Core.Alerting;

namespace ColdChain.Server.Alerts.Channels;

/// <summary>Light and sound at a site, through its devices.</summary>
internal sealed class AnnunciatorChannel(SiteAlarms alarms) : IAlertChannel
{
    public AlertChannel Kind => AlertChannel.Annunciator;

    public async Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        var site = message.Incidents.Select(told => told.Site).FirstOrDefault() ?? "";
        var devices = await alarms.TellAsync(site, cancellation);
        return devices > 0
            ? new ChannelAnswer(SendOutcome.Accepted, $"{devices} devices of {site} were told")
            : new ChannelAnswer(SendOutcome.Refused, $"{(site.Length > 0 ? site : "what is of no site")} has no device to tell");
    }
}
