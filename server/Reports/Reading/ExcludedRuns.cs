using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// The samples of one probe that do not count, as runs: samples one after the other that do not for the same reason. A good one ends a run, and so
/// does another reason.
/// </summary>
/// <param name="probe">The probe.</param>
internal sealed class ExcludedRuns(ProbeId probe)
{
    private readonly List<ExcludedContent> _found = [];
    private bool _goesOn;

    public IReadOnlyList<ExcludedContent> Found => _found;

    /// <summary>Takes the next sample of the probe.</summary>
    public void Take(in JudgedSample sample)
    {
        if (sample.Counts == CountsAs.Good)
        {
            _goesOn = false;
            return;
        }

        if (_goesOn && _found[^1].Reason == sample.Counts)
        {
            _found[^1] = _found[^1] with { To = sample.At, Samples = _found[^1].Samples + 1 };
        }
        else
        {
            _found.Add(new ExcludedContent(probe.ToString(), sample.Counts, sample.At, sample.At, 1, ""));
        }

        _goesOn = true;
    }
}
