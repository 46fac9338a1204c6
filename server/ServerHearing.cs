using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;

namespace ColdChain.Server;

/// <summary>
/// Whether the server hears devices, and since when: what it missed because it was not there, because the broker was not, or because the
/// store could not take it, is no silence of theirs.
/// </summary>
internal sealed class ServerHearing(Attendance attendance, RecordStore store, IDeviceLinks devices)
{
    public Hearing Now()
    {
        var presence = attendance.Look();
        var live = devices.Health.FirstOrDefault(link => link.Lane == BrokerLinks.LiveLane);
        if (live is { IsGood: false })
        {
            return new Hearing(presence.Now, live.Since, TimeSpan.Zero, IsDeaf: true);
        }

        var hearing = new Hearing(presence.Now, presence.Since, presence.Allowance, IsDeaf: false);
        foreach (var back in new[] { live?.Since, store.Health.LastFailureAt })
        {
            if (back > hearing.Since)
            {
                hearing = hearing with { Since = back.Value, Allowance = SilenceJudge.FollowWithin };
            }
        }

        return hearing;
    }
}
