using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>Makes up the signals of a storage unit: some have none, and each is how it should be most of the time.</summary>
internal static class Signals
{
    public static List<(SignalTruth Truth, SignalMounting Mounting)> Make(Random random, DeviceId device, string product, Instant start, TimeSpan length, TimeSpan interval)
    {
        var signals = new List<(SignalTruth, SignalMounting)>();
        Add("door", isOnAtFirst: false, calm: TimeSpan.FromHours(3), turned: TimeSpan.FromMinutes(8));
        Add("mains", isOnAtFirst: true, calm: TimeSpan.FromHours(8), turned: TimeSpan.FromHours(1));
        if (product == "PLT")
        {
            Add("agitation", isOnAtFirst: true, calm: TimeSpan.FromHours(5), turned: TimeSpan.FromHours(1));
        }

        return signals;

        void Add(string kind, bool isOnAtFirst, TimeSpan calm, TimeSpan turned)
        {
            if (random.Next(2) == 0)
            {
                return;
            }

            var (id, changes) = (new ProbeId(device, kind), new List<Instant>());
            for (var at = start + UpTo(calm); at < start + length; at += UpTo(changes.Count % 2 == 0 ? calm : turned))
            {
                changes.Add(at);
            }

            signals.Add((new SignalTruth(id, isOnAtFirst, changes, new Pace(interval, UpTo(TimeSpan.FromSeconds(20)))), new SignalMounting(id, kind)));
        }

        TimeSpan UpTo(TimeSpan most) => TimeSpan.FromMilliseconds(random.Next(1, (int)most.TotalMilliseconds));
    }
}
