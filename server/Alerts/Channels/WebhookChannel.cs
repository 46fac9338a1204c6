using System.Globalization;
using System.Text.Json;
using ColdChain.Core.Alerting;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts.Channels;

/// <summary>Another program, told by a signed request. The id is the same at each attempt, so that it can leave out what it has.</summary>
internal sealed class WebhookChannel(WebhookOptions options, GuardedSender sender) : IAlertChannel
{
    public AlertChannel Kind => AlertChannel.Webhook;

    public async Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"alert-{message.Id}");
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = "coldchain.alert",
                message.Id,
                at = message.At.ToString(),
                message.Subject,
                incidents = message.Incidents.Select(one => new { one.Id, one.Cause, severity = AlertWords.Of(one.Severity), one.Site, one.Unit, since = one.Since.ToString() }),
            },
            JsonSerializerOptions.Web);
        return GatewayChannel.AnswerOf(await sender.PostAsync(options.Address, "application/json", body, WebhookSignature.Headers(options.Key, id, message.At, body), cancellation));
    }
}
