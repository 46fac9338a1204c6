using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>Reads the notation of a scenario, which the README describes.</summary>
internal sealed class ScenarioReader
{
    private readonly List<Course> _courses = [];
    private readonly List<Outage> _outages = [];
    private readonly List<Step> _steps = [];
    private Instant? _day;
    private TimeSpan _judgeEvery = TimeSpan.FromMinutes(5);

    private Instant Day(Words words) => _day ?? throw words.Fault("no day is given", "Begin the file with a line like: day 2026-11-22");

    /// <exception cref="ScenarioException">A line cannot be read.</exception>
    public static Scenario Read(string file, string text)
    {
        var reader = new ScenarioReader();
        foreach (var (line, number) in text.Split('\n').Select((line, i) => (line.Split('#')[0].Replace(",", " , ", StringComparison.Ordinal).Trim(), i + 1)))
        {
            if (line.Length > 0)
            {
                var words = new Words(file, number, line);
                reader.Statement(words);
                words.End();
            }
        }

        return reader._day is { } day && reader._courses.Count > 0
            ? new Scenario(day, reader._judgeEvery, reader._courses, reader._outages, [.. reader._steps.OrderBy(step => step.At)])
            : throw new ScenarioException($"{file}, line 1: nothing is measured. Write a day, and at least one line that begins with 'measure'.");
    }

    private void Statement(Words words)
    {
        switch (words.Next("a statement"))
        {
            case "day":
                var text = words.Next("a date");
                _day = Instant.TryParse($"{text}T00:00Z", out var day) ? day : throw words.Fault($"'{text}' is no date", "Write year, month and day, like 2026-11-22");
                break;
            case "judge":
                words.Expect("every", "Say how often the server judges, like: judge every 5m");
                _judgeEvery = words.Duration();
                break;
            case "measure":
                _courses.Add(Measure(words));
                break;
            case "offline":
                _outages.Add(new Outage(words.Device(), words.Time(Day(words)), Until(words)));
                break;
            case var other:
                _steps.Add(Step(other, words));
                break;
        }
    }

    private Step Step(string statement, Words words)
    {
        switch (statement)
        {
            case "enter":
                return Enter(words);
            case "leave":
                return Leave(words);
            case "fleet":
                var file = words.Next("a file");
                return new FleetStep(words.Time(Day(words)), file);
            case "again":
                return new AgainStep(words.Time(Day(words)));
            case "look":
                return new LookStep(words.Time(Day(words)));
            case "predict":
                var (probe, degrees) = (words.Probe(), words.Degrees());
                return new PredictStep(words.Time(Day(words)), probe, Celsius.FromMilli((int)Math.Round(degrees * 1000)));
            case "maintenance":
                return Window(words, words.Unit(), null);
            case "alarm-test":
                return Window(words, words.Unit(), words.Probe());
            case "release":
                return Sign(words, DecisionKind.Release);
            case "discard":
                return Sign(words, DecisionKind.Discard);
            case "boot":
                var started = words.Device();
                return new BootStep(words.Time(Day(words)), started);
            case "jump":
                var jumped = words.Device();
                return new JumpStep(words.Time(Day(words)), jumped);
            case "set":
                var (device, at) = (words.Device(), words.Time(Day(words)));
                return new SetStep(at, device, words.Accept("to") ? words.Time(Day(words)) : at);
            default:
                throw words.Fault($"'{statement}' is no statement", "Write one that the README describes, such as measure, enter, leave or look");
        }
    }

    private Course Measure(Words words)
    {
        var (probe, from) = (words.Probe(), words.Time(Day(words)));
        words.Expect("every", "Say how often it is read, like: every 60s");
        var every = words.Duration();
        words.Expect(":", "Let a colon with blanks around it stand before the first run");
        var (runs, reader) = (new List<Run>(), new RunReader(_courses));
        do
        {
            var start = runs.Aggregate(from, (at, run) => at + run.Length);
            runs.Add(reader.Read(words, every, start, runs.LastOrDefault(run => run.Curve is not null)?.Last));
        }
        while (words.Accept(","));
        var arrives = words.Accept("arrives") ? words.Time(Day(words)) : (Instant?)null;
        return new Course(probe, from, every, runs, arrives);
    }

    private EnterStep Enter(Words words)
    {
        var (unit, donation, product) = BloodUnit(words);
        var @in = words.Time(Day(words));
        var @out = words.Accept("until") ? words.Time(Day(words)) : (Instant?)null;
        return new EnterStep(Told(words, @out ?? @in), unit, donation, product, @in, @out);
    }

    private LeaveStep Leave(Words words)
    {
        var (unit, donation, product) = BloodUnit(words);
        var @out = words.Time(Day(words));
        return new LeaveStep(Told(words, @out), unit, donation, product, @out);
    }

    private WindowStep Window(Words words, StorageUnitId unit, ProbeId? tested)
    {
        var (from, to) = (words.Time(Day(words)), Until(words));
        return new WindowStep(Told(words, from), unit, tested, from, to);
    }

    private SignStep Sign(Words words, DecisionKind kind)
    {
        var (unit, donation, product) = BloodUnit(words);
        return new SignStep(words.Time(Day(words)), kind, unit, donation, product);
    }

    private Instant Until(Words words)
    {
        words.Expect("until", "Say when it ends, like: until 10:00");
        return words.Time(Day(words));
    }

    private Instant Told(Words words, Instant otherwise) => words.Accept("told") ? words.Time(Day(words)) : otherwise;

    private static (StorageUnitId Unit, string Donation, string Product) BloodUnit(Words words) =>
        (words.Unit(), words.Next("a donation number"), words.Next("a product"));
}
