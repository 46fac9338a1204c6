using System.Globalization;

namespace ColdChain.Server.Fleet;

/// <summary>Something in the fleet file that cannot stand.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Subject">The thing it concerns.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Cure">What to write instead.</param>
internal sealed record FleetError(long Line, string Subject, string Reason, string Cure)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {Subject} {Reason}. {Cure}.");
}
