using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Edge.Sensors.Replay;

/// <summary><c>kind: replay</c>: <c>file</c>, and <c>speed</c> (1 = as recorded, 0 = as fast as the outbox takes it).</summary>
internal sealed class ReplayKind : ISensorKind
{
    private const double SpeedMax = 1e9;

    public SourceFactory? Configure(ConfigSection section, ProbeId probe)
    {
        var path = section.FullPath("file", "write 'file:' and the recording's path");
        var speed = section.Number("speed", fallback: 1, min: 0, max: SpeedMax);
        if (path.Length == 0)
        {
            return null;
        }

        try
        {
            var recording = Recording.Read(path);
            return clock => new ReplaySource(probe, recording, speed, clock);
        }
        catch (Exception e) when (e is RecordingException or IOException or UnauthorizedAccessException)
        {
            section.Error("file", e.Message, "correct the recording or its path");
            return null;
        }
    }
}
