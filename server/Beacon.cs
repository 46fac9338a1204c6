using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Server.Api;
using ColdChain.Server.Outbound;

namespace ColdChain.Server;

/// <summary>Where a sign of life goes.</summary>
/// <param name="Address">A service outside that alarms when the sign stays away.</param>
/// <param name="Key">The key that it is signed with; null for unsigned.</param>
/// <param name="Every">How often it is given.</param>
internal sealed record BeaconOptions(Uri Address, byte[]? Key, TimeSpan Every);

/// <summary>
/// Gives a sign of life to a service outside, which alarms when it stays away: the last one to notice that a whole site is dark. It says what the
/// server's health is and where the audit trail ends, so that a server that answers and does nothing does not look alive.
/// </summary>
internal sealed class Beacon(BeaconOptions options, GuardedSender sender, DeepHealth health, TimeProvider clock, ILogger<Beacon> logger) : BackgroundService
{
    private bool? _wasTaken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Every, clock);
        do
        {
            Tell(await GiveAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<SendResult> GiveAsync(CancellationToken cancellation)
    {
        var sign = await health.LookAsync(cancellation);
        var body = JsonSerializer.SerializeToUtf8Bytes(sign, JsonSerializerOptions.Web);
        var headers = WebhookSignature.HeadersIf(options.Key, $"beacon-{sign.StoreId}-{sign.At}".Replace('.', '-'), Instant.Now(clock), body);
        return await sender.PostAsync(options.Address, "application/json", body, headers, cancellation);
    }

    // Once for each change: the service outside alarms by itself.
    private void Tell(SendResult result)
    {
        if (result.IsTaken != _wasTaken)
        {
            _wasTaken = result.IsTaken;
            logger.Log(result.IsTaken ? LogLevel.Information : LogLevel.Warning, "The sign of life is {Taken}. {Reason}", result.IsTaken ? "taken" : "not taken", result.Reason);
        }
    }
}
