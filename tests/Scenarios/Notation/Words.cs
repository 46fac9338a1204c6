using System.Globalization;
using System.Text.RegularExpressions;
using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>
/// The words of one line, taken one after the other. Whatever does not fit is refused with the line, the thing, the reason and the cure.
/// </summary>
internal sealed partial class Words(string file, int line, string text)
{
    private readonly Queue<string> _left = new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public bool IsAtEnd => _left.Count == 0;

    /// <summary>Takes the next word when it is this one.</summary>
    public bool Accept(string word)
    {
        var isNext = _left.TryPeek(out var next) && next == word;
        if (isNext)
        {
            _left.Dequeue();
        }

        return isNext;
    }

    public void Expect(string word, string cure)
    {
        if (!Accept(word))
        {
            throw Fault($"'{_left.FirstOrDefault("the end of the line")}' stands where '{word}' is expected", cure);
        }
    }

    public string Next(string what) => _left.TryDequeue(out var word) ? word : throw Fault($"{what} is missing", $"Write {what} there");

    public double Degrees()
    {
        var word = Next("a temperature");
        return double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && degrees is > -273 and < 1000
            ? degrees
            : throw Fault($"'{word}' is no temperature", "Write degrees with a point, like 4.5");
    }

    public TimeSpan Duration()
    {
        var word = Next("a duration");
        var match = DurationForm().Match(word);
        var length = match.Success ? Part("d") * TimeSpan.FromDays(1) + Part("h") * TimeSpan.FromHours(1) + Part("m") * TimeSpan.FromMinutes(1) + Part("s") * TimeSpan.FromSeconds(1) : default;
        return length > TimeSpan.Zero ? length : throw Fault($"'{word}' is no duration", "Write days, hours, minutes, seconds in this order, like 1d, 8h30m or 90s");

        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>A time of the scenario: <c>22:00</c>, <c>22:00:30</c>, or on a later day <c>5d06:00</c>.</summary>
    public Instant Time(Instant day)
    {
        var word = Next("a time");
        var match = TimeForm().Match(word);
        return match.Success && TimeSpan.TryParseExact(match.Groups["time"].Value, [@"hh\:mm", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out var time)
            ? day + time + TimeSpan.FromDays(match.Groups["days"].Success ? int.Parse(match.Groups["days"].Value, CultureInfo.InvariantCulture) : 0)
            : throw Fault($"'{word}' is no time", "Write hours and minutes, like 22:00, and of a later day its number before, like 1d06:30");
    }

    public ProbeId Probe()
    {
        var word = Next("a probe");
        return ProbeId.TryParse(word, out var probe) ? probe : throw Fault($"'{word}' is no probe", "Write device and name, like pi-001/load");
    }

    public DeviceId Device()
    {
        var word = Next("a device");
        return DeviceId.TryParse(word, out var device) ? device : throw Fault($"'{word}' is no device", "Write its name, like pi-001");
    }

    public StorageUnitId Unit()
    {
        var word = Next("a storage unit");
        return StorageUnitId.TryParse(word, out var unit) ? unit : throw Fault($"'{word}' is no storage unit", "Write its id as in the fleet file");
    }

    /// <summary>How often: <c>x30</c>; once when there is no such word.</summary>
    public int Times()
    {
        if (!_left.TryPeek(out var word) || word[0] != 'x')
        {
            return 1;
        }

        _left.Dequeue();
        return int.TryParse(word[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0
            ? times
            : throw Fault($"'{word}' is no count", "Write x and a number above 0, like x30");
    }

    public void End()
    {
        if (!IsAtEnd)
        {
            throw Fault($"'{string.Join(' ', _left)}' is left over", "Remove it, or see the README for what may stand here");
        }
    }

    public ScenarioException Fault(string reason, string cure) => new($"{file}, line {line}: {reason}. {cure}.");

    [GeneratedRegex(@"^((?<d>\d{1,3})d)?((?<h>\d{1,4})h)?((?<m>\d{1,5})m)?((?<s>\d{1,6})s)?\z")]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"^((?<days>\d{1,4})d)?(?<time>\d\d:\d\d(:\d\d)?)\z")]
    private static partial Regex TimeForm();
}
