using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// What dates rows that have no instant. An anchor is written with the first append after it is known, and told in every heartbeat until no
/// row of its boot needs it: a server that has lost it, or hears of it late, dates the boot all the same.
/// </summary>
internal sealed partial class SqliteOutbox
{
    /// <summary>Writes what the clock has learnt since; within a transaction. Gives what is then written of this boot.</summary>
    private IReadOnlyList<ClockAnchor> WriteAnchors()
    {
        var written = _anchors;
        foreach (var anchor in _clock.Anchors)
        {
            if (written.Count >= DeviceClock.AnchorsMax || written.Any(known => Says(known, anchor)))
            {
                continue;
            }

            _connection.Execute(
                "INSERT INTO anchor (boot, mono, utc, error_ms) VALUES ($boot, $mono, $utc, $error)",
                ("$boot", anchor.Boot), ("$mono", anchor.Mono), ("$utc", anchor.Utc.Milliseconds), ("$error", anchor.ErrorMs));
            Tell(written, anchor);
            written = [.. written, anchor];
        }

        return written;
    }

    // The agent may have been started anew in the same boot.
    private static bool Says(ClockAnchor known, ClockAnchor anchor) =>
        known == anchor || (known.ErrorMs <= anchor.ErrorMs && Math.Abs(known.Offset - anchor.Offset) <= ClockAnchor.ToleranceMs);

    private void Tell(IReadOnlyList<ClockAnchor> before, ClockAnchor anchor)
    {
        if (before.Count == 0)
        {
            _logger.LogInformation("The wall clock is trusted: {Utc}, to {Error} ms.", anchor.Utc, anchor.ErrorMs);
            return;
        }

        _logger.LogWarning(
            "The wall clock was set by {Step} against the one trusted before, to {Utc}; the server is told of both. Find out which was right.",
            TimeSpan.FromMilliseconds(anchor.Offset - before[^1].Offset), anchor.Utc);
    }

    private List<ClockAnchor> AnchorsOfThisBoot() => _connection.Query(
        "SELECT boot, mono, utc, error_ms FROM anchor WHERE boot = $boot ORDER BY id", ToAnchor, ("$boot", _clock.Boot));

    // The newest boots, should there be more than a heartbeat carries.
    private List<ClockAnchor> ToldAnchors()
    {
        var newestFirst = _connection.Query(
            """
            SELECT boot, mono, utc, error_ms FROM anchor
            WHERE boot = $boot OR EXISTS (SELECT 1 FROM reading WHERE reading.boot = anchor.boot AND measured_at IS NULL)
            ORDER BY id DESC LIMIT $max
            """,
            ToAnchor, ("$boot", _clock.Boot), ("$max", WireLimits.AnchorsMax));
        newestFirst.Reverse();
        return newestFirst;
    }

    private void ForgetAnchors()
    {
        lock (_gate)
        {
            _connection.Execute(
                """
                DELETE FROM anchor
                WHERE boot <> $boot AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.boot = anchor.boot AND measured_at IS NULL)
                """,
                ("$boot", _clock.Boot));
        }
    }

    private static ClockAnchor ToAnchor(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), new Instant(row.GetInt64(2)), row.GetInt64(3));
}
