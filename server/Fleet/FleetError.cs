using System.Globalization;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Fleet;

/// <summary>Something in the fleet file that cannot stand.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Subject">The thing it concerns.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Cure">What to write instead.</param>
internal sealed record FleetError(long Line, string Subject, string Reason, string Cure)
{
    // A reason may repeat what the file says, and a cure may list a whole fleet. Two stays with their four instants have room.
    private const int PartLengthMax = 240;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {Part(Subject)} {Part(Reason)}. {Part(Cure)}.");

    private static string Part(string text) => ShownText.Of(text, PartLengthMax);
}
