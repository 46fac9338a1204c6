using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The figures of the mountings of one run: passes each of them what concerns it, lines over their boundaries included.</summary>
/// <param name="run">The run.</param>
/// <param name="mountings">Its mountings within what the report looks at, each with its figures.</param>
internal sealed class RunFigures(MountedRun run, IReadOnlyList<(MountedProbe Mounting, ProbeFigures Figures)> mountings)
{
    private readonly ExcludedRuns _excluded = new(run.Probe);
    private (Instant At, int Milli)? _last;

    /// <summary>What did not count within what the report looks at. Nothing more is taken after it.</summary>
    public IEnumerable<ExcludedContent> EndOfExcluded() => _excluded.End();

    /// <summary>Takes the next sample of the run, those up to one largest gap outside of what the report looks at included.</summary>
    public void Take(in JudgedSample sample)
    {
        if (sample.Counts == CountsAs.Good)
        {
            TakeGood(sample.At, sample.MeasuredMilli!.Value); // A good sample has a temperature.
        }
        else
        {
            _last = sample.Counts == CountsAs.Conflict ? null : _last;
            At(sample.At)?.TakeExcluded();
        }

        if (At(sample.At) is not null)
        {
            _excluded.Take(sample);
        }
    }

    /// <summary>The probe once for each mounting.</summary>
    public IEnumerable<ProbeContent> End() => mountings.Select(mounting => mounting.Figures.End());

    private void TakeGood(Instant at, int milli)
    {
        if (_last is { } last)
        {
            var line = new Line(last.At, last.Milli, at, milli);
            foreach (var (mounting, figures) in mountings)
            {
                if (mounting.From < at && mounting.To > last.At)
                {
                    figures.TakeLine(line);
                }
            }
        }

        At(at)?.TakeGood(at, milli);
        _last = (at, milli);
    }

    private ProbeFigures? At(Instant at)
    {
        foreach (var (mounting, figures) in mountings)
        {
            if (mounting.From <= at && at < mounting.To)
            {
                return figures;
            }
        }

        return null;
    }
}
