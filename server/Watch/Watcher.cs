using System.Text.Json;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;

namespace ColdChain.Server.Watch;

/// <summary>A way by which the watcher calls one person.</summary>
internal interface IWatchVoice
{
    /// <summary>Which one it is, without a secret, for the log.</summary>
    string Name { get; }

    /// <summary>Calls.</summary>
    /// <returns>Why that did not work; null when it was taken.</returns>
    Task<string?> SayAsync(string subject, string text, Instant at, CancellationToken cancellation);
}

/// <summary>
/// Watches a server from another machine: looks once a minute, and calls people by its own ways when the server is not well for some minutes. Who is called
/// hears it again every quarter of an hour, until the server is well. Its own sign of life says what it saw.
/// </summary>
internal sealed class Watcher(WatchOptions options, ServerLook look, IReadOnlyList<IWatchVoice> voices, GuardedSender sender, TimeProvider clock, ILogger<Watcher> logger)
{
    private WatchState _state = Load(options.StateFile);
    private Call? _call;

    /// <summary>Watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Every, clock);
        do
        {
            await LookAsync(cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Looks once, calls whom it has to, and keeps what it saw.</summary>
    public async Task<Cry> LookAsync(CancellationToken cancellation)
    {
        var seen = await look.LookAsync(_state, cancellation);
        var (next, cry) = new Vigil(InstantOf(_state.BadSince), InstantOf(_state.ToldAt)).Look(seen.Sight, options.LateAfter, options.RepeatEvery);
        var isWell = seen.Sight.Fault is null;
        Keep(new WatchState(
            next.BadSince?.Milliseconds, next.ToldAt?.Milliseconds, isWell ? seen.StoreId : _state.StoreId, isWell ? seen.Head : _state.Head));
        if (seen.Sight.Fault is { } fault)
        {
            logger.LogWarning("The server {Server} is not well since {Since}: {Fault}", options.Server, next.BadSince, fault);
        }

        _call = CallOf(cry, seen.Sight, next) ?? _call;
        await CallAsync(seen.Sight.At, cancellation);
        await GiveSignAsync(seen.Sight, cancellation);
        return cry;
    }

    private Call? CallOf(Cry cry, Sight sight, Vigil vigil) => cry switch
    {
        Cry.None => null,
        Cry.Over => new Call("ColdChain: the server is well again", $"The ColdChain server at {options.Server} is well again, as of {sight.At}.", [.. voices]),
        _ => new Call(
            "ColdChain: the server is not well",
            $"The ColdChain server at {options.Server} is not well since {vigil.BadSince}. Nobody may be watching over the blood: read the thermometers, and look after the server. {sight.Fault}",
            [.. voices]),
    };

    // A way that does not work is tried again at each look, until the next call takes its place.
    private async Task CallAsync(Instant at, CancellationToken cancellation)
    {
        if (_call is not { Left.Count: > 0 } call)
        {
            return;
        }

        foreach (var voice in call.Left.ToList())
        {
            if (await voice.SayAsync(call.Subject, call.Text, at, cancellation) is { } failure)
            {
                logger.LogError("{Voice} was not reached: {Reason}", voice.Name, failure);
            }
            else
            {
                logger.LogWarning("{Voice} was told: {Subject}", voice.Name, call.Subject);
                call.Left.Remove(voice);
            }
        }
    }

    private async Task GiveSignAsync(Sight sight, CancellationToken cancellation)
    {
        if (options.Beacon is not { } beacon)
        {
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new { at = sight.At.ToString(), sight.Fault, _state.StoreId, _state.Head }, JsonSerializerOptions.Web);
        var headers = WebhookSignature.HeadersIf(beacon.Key, $"watch-{sight.At.Milliseconds}", sight.At, body);
        if (await sender.PostAsync(beacon.Address, "application/json", body, headers, cancellation) is { IsTaken: false, Reason: var reason })
        {
            logger.LogWarning("The watcher's sign of life was not taken: {Reason}", reason);
        }
    }

    private void Keep(WatchState state)
    {
        if (state == _state)
        {
            return;
        }

        _state = state;
        try
        {
            SecretFile.Write(options.StateFile, JsonSerializer.Serialize(state, JsonSerializerOptions.Web));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.LogError("What was seen cannot be kept in {File}: {Reason} A restart would begin anew", options.StateFile, error.Message);
        }
    }

    // What cannot be read is as if nothing had been seen: the watcher must run.
    private static WatchState Load(string file)
    {
        try
        {
            return SecretFile.Read(file) is { } text ? JsonSerializer.Deserialize<WatchState>(text, JsonSerializerOptions.Web) ?? Nothing : Nothing;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return Nothing;
        }
    }

    private static WatchState Nothing => new(null, null, null, null);

    private static Instant? InstantOf(long? milliseconds) => milliseconds is { } at ? new Instant(at) : null;

    private sealed record Call(string Subject, string Text, List<IWatchVoice> Left);
}
