namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>Why a sensor that the kernel drives gave no temperature.</summary>
internal static class KernelFault
{
    /// <summary>The device or its file is not there: pulled out, or its driver is not loaded.</summary>
    public const string Missing = "missing";

    /// <summary>More than one device answers to the configured name.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>The agent may not read the file.</summary>
    public const string NoPermission = "no-permission";

    /// <summary>The file is there and has nothing in it: how the 1-Wire driver says that a sensor did not answer.</summary>
    public const string Empty = "empty";

    /// <summary>The read failed: no acknowledgement on the bus, or a bad checksum.</summary>
    public const string IoError = "io-error";

    /// <summary>The read did not come back in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The file holds something else than a number.</summary>
    public const string NotANumber = "not-a-number";

    /// <summary>The file of a switch holds something else than on or off.</summary>
    public const string NotAState = "not-a-state";

    /// <summary>A number that the sensor cannot measure.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>The driver itself reports a broken sensor, such as an open line.</summary>
    public const string SensorFault = "sensor-fault";

    /// <summary>85 °C that nobody measured: a DS18B20 that lost its supply before the conversion answers its power-on value.</summary>
    public const string PowerOn = "power-on";

    /// <summary>A scratchpad of zeros: its checksum is right, and 0 °C was not measured.</summary>
    public const string AllZero = "all-zero";

    /// <summary>A scratchpad of ones: nobody pulled the line down.</summary>
    public const string AllOnes = "all-ones";

    /// <summary>A value that is also what a failing sensor answers, and whose scratchpad does not bear it out.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>For each fault what it means, and what to do about it, as it stands in the log.</summary>
    public static IReadOnlyDictionary<string, (string Meaning, string Cure)> Advice { get; } = new Dictionary<string, (string, string)>
    {
        [Missing] = ("the device is not there", "look at its plug and wire, at the boot lines, and at 'device' in the configuration"),
        [Ambiguous] = ("two devices fit the name", "write the address instead of the chip's name"),
        [NoPermission] = ("the agent may not read its file", "look at the settings of the service"),
        [Empty] = ("it is there and does not answer", "look at its wire, the pull-up resistor and the length of the cable"),
        [IoError] = ("it does not answer, or its checksum is wrong", "look at its wire, the pull-up resistor and the length of the cable"),
        [Timeout] = ("the read did not come back in time", "power the device off and on, and look at the cable"),
        [NotANumber] = ("its file holds no number", "replace the sensor"),
        [NotAState] = ("its file holds neither on nor off", "look at 'file' in the configuration"),
        [OutOfRange] = ("it gave what it cannot measure", "replace the sensor"),
        [SensorFault] = ("its driver reports a broken sensor", "look for an open line of the thermocouple or diode"),
        [PowerOn] = ("85 °C that was not measured: it lost its supply", "look at its supply, and connect three wires instead of two"),
        [AllZero] = ("the line is held low", "look for a short circuit"),
        [AllOnes] = ("nobody holds the line", "look for a broken wire"),
        [Unconfirmed] = ("a value that a second look did not confirm", "look at its wire when that comes often"),
    };
}
