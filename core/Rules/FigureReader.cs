using System.Globalization;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>Reads the numbers of one rule and keeps the list of them with their sources.</summary>
internal sealed class FigureReader
{
    // A hundred years, longer than any shelf life: a number beyond it is milliseconds written as seconds, or a slip of the finger.
    private const decimal SecondsMax = 3_155_760_000;

    private readonly List<Figure> _figures = [];

    internal IReadOnlyList<Figure> Figures => _figures;

    /// <summary>A temperature <c>{value, source, status}</c>; null when absent.</summary>
    internal Celsius? Temperature(RuleNode parent, string key) =>
        parent.Optional(key) is { } node && Value(node) is { } degrees ? ToCelsius(node, "value", degrees) : null;

    /// <summary>
    /// A red line, <c>{value, source, status}</c> and where the value itself lies beyond it, <c>inclusive</c>; null when absent.
    /// </summary>
    /// <param name="parent">The object that holds it.</param>
    /// <param name="key">Its key.</param>
    /// <param name="inward">A thousandth of a degree towards the limits: 1 for the cold line, -1 for the warm one.</param>
    internal Celsius? RedLine(RuleNode parent, string key, int inward)
    {
        if (parent.Optional(key) is not { } node)
        {
            return null;
        }

        var isIncluded = node.Knows("inclusive") && node.YesOrNo("inclusive");
        return Value(node) is { } degrees && ToCelsius(node, "value", degrees) is { } line
            && Celsius.TryFromMilli(line.Milli + (isIncluded ? inward : 0), out var exclusive)
                ? exclusive
                : null;
    }

    /// <summary>A duration in seconds <c>{value, source, status}</c>; null when absent.</summary>
    internal TimeSpan? Duration(RuleNode parent, string key) =>
        parent.Optional(key) is { } node && Value(node) is { } seconds ? ToDuration(node, "value", seconds) : null;

    /// <summary>A plain temperature whose source stands beside it.</summary>
    internal Celsius? Temperature(RuleNode node, string key, string source, FigureStatus status) =>
        Plain(node, key, source, status) is { } degrees ? ToCelsius(node, key, degrees) : null;

    /// <summary>A plain duration in seconds whose source stands beside it.</summary>
    internal TimeSpan? Duration(RuleNode node, string key, string source, FigureStatus status) =>
        Plain(node, key, source, status) is { } seconds ? ToDuration(node, key, seconds) : null;

    /// <summary>A plain count whose source stands beside it.</summary>
    internal int? Count(RuleNode node, string key, string source, FigureStatus status)
    {
        if (Plain(node, key, source, status) is not { } number)
        {
            return null;
        }

        if (number is >= 0 and <= 1000 && number == decimal.Truncate(number))
        {
            return (int)number;
        }

        node.Fail(key, Is(number), "write a whole number from 0 to 1000");
        return null;
    }

    /// <summary>A plain yes or no whose source stands beside it.</summary>
    internal bool YesOrNo(RuleNode node, string key, string source, FigureStatus status)
    {
        var yes = node.YesOrNo(key);
        _figures.Add(new Figure(node.Path(key), yes ? 1 : 0, source, status));
        return yes;
    }

    /// <summary>The numbers read, and those of the pack's defaults that the rule did not state itself.</summary>
    internal IReadOnlyList<Figure> WithDefaults(RuleDefaults defaults)
    {
        var own = _figures.Select(figure => $"defaults.{figure.Name}").ToHashSet();
        return [.. _figures, .. defaults.Figures.Where(figure => !own.Contains(figure.Name))];
    }

    private decimal? Value(RuleNode node)
    {
        var value = node.OptionalNumber("value");
        var (source, status) = (node.Source(), node.Status());
        if (value is null)
        {
            node.Fail("value", "is missing", "write a number");
        }
        else
        {
            _figures.Add(new Figure(node.Path(""), value.Value, source, status));
        }

        node.Close();
        return value;
    }

    private decimal? Plain(RuleNode node, string key, string source, FigureStatus status)
    {
        var number = node.OptionalNumber(key);
        if (number is { } value)
        {
            _figures.Add(new Figure(node.Path(key), value, source, status));
        }

        return number;
    }

    private static Celsius? ToCelsius(RuleNode node, string key, decimal degrees)
    {
        if (Celsius.TryFrom(degrees, out var celsius) && celsius.ToDegrees() == degrees)
        {
            return celsius;
        }

        node.Fail(key, Is(degrees), "write degrees Celsius with at most three decimals, not colder than -273.15");
        return null;
    }

    private static TimeSpan? ToDuration(RuleNode node, string key, decimal seconds)
    {
        if (seconds is >= 0 and <= SecondsMax && seconds * 1000 == decimal.Truncate(seconds * 1000))
        {
            return TimeSpan.FromMilliseconds((double)(seconds * 1000));
        }

        node.Fail(key, Is(seconds), $"write seconds from 0 to {SecondsMax}, at most three decimals");
        return null;
    }

    private static string Is(decimal number) => $"is {number.ToString(CultureInfo.InvariantCulture)}";
}
