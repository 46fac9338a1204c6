using ColdChain.Core.Readings;

namespace ColdChain.Core.Kinetics;

/// <summary>
/// The mean kinetic temperature (USP &lt;1160&gt;) of a series, taken up one interval after another: the constant temperature that would
/// have aged a product of Arrhenius kinetics as much as the series did. Activation energy 83.144 kJ/mol, so that ΔH/R is 10,000 K.
/// For information only: no blood regulation accepts it, it is blind to freezing, and it must never decide about a blood component.
/// </summary>
/// <remarks>Not safe for concurrent use. Time that was not measured is simply not added: state the coverage beside the value.</remarks>
public sealed class MeanKineticTemperature
{
    private const double ActivationKelvin = 10_000;
    private const double ZeroCelsiusInKelvin = 273.15;

    // Absolute zero would divide by zero; a thousandth of a degree above it nothing ages either.
    private const double LowestKelvin = 0.001;

    // The sum of weight × exp(−10000 K / T), scaled by exp(_shift): the exponent of the warmest interval so far becomes 0, so that the sum
    // neither vanishes near liquid nitrogen nor loses the small terms.
    private double _sum;
    private double _shift;
    private double _weight;

    /// <summary>The time taken up so far in milliseconds.</summary>
    public double WeightMilliseconds => _weight;

    /// <summary>The mean kinetic temperature in degrees Celsius; null while nothing was added.</summary>
    public double? Value => _weight > 0 ? (ActivationKelvin / (_shift - Math.Log(_sum / _weight))) - ZeroCelsiusInKelvin : null;

    /// <summary>Takes up a time at a temperature. A weight of zero changes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    public void Add(Celsius temperature, long weightMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weightMilliseconds);
        if (weightMilliseconds == 0)
        {
            return;
        }

        var exponent = ActivationKelvin / Math.Max((temperature.Milli / 1000.0) + ZeroCelsiusInKelvin, LowestKelvin);
        if (_weight == 0 || exponent < _shift)
        {
            _sum = _weight == 0 ? 0 : _sum * Math.Exp(exponent - _shift);
            _shift = exponent;
        }

        _sum += weightMilliseconds * Math.Exp(_shift - exponent);
        _weight += weightMilliseconds;
    }
}
