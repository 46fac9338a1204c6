using System.Globalization;
using System.Text;
using System.Text.Json;
using ColdChain.Core.Alerting;
using ColdChain.Server.Outbound;

namespace ColdChain.Server.Alerts.Channels;

/// <summary>Short messages or calls, by a gateway that is asked over HTTP. That it took one says nothing of the telephone: its receipt does.</summary>
internal sealed class GatewayChannel(AlertChannel kind, GatewayOptions options, GuardedSender sender) : IAlertChannel
{
    public AlertChannel Kind => kind;

    public async Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        var body = options.Body
            .Replace("{to}", Inside(message.To), StringComparison.Ordinal)
            .Replace("{reference}", message.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{text}", Inside(message.Text), StringComparison.Ordinal); // Last: what it says is nobody's placeholder.
        var headers = options.Authorization is { } authorization ? new Dictionary<string, string> { ["Authorization"] = authorization } : [];
        return AnswerOf(await sender.PostAsync(options.Address, "application/json", Encoding.UTF8.GetBytes(body), headers, cancellation));
    }

    /// <summary>What an answer over HTTP means.</summary>
    public static ChannelAnswer AnswerOf(SendResult result) =>
        new(result.IsTaken ? SendOutcome.Accepted : result.Status is null ? SendOutcome.Unsure : SendOutcome.Refused, result.Reason);

    // As it stands between the quotation marks of a JSON text.
    private static string Inside(string text) => JsonEncodedText.Encode(text).ToString();
}
