using System.CommandLine;

namespace ColdChain.Server.Commands;

/// <summary>An option whose value is an address of the web.</summary>
internal static class AddressOption
{
    public static Option<Uri?> Create(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given =>
        {
            var text = given.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            {
                return address;
            }

            given.AddError($"{name} '{text}' is no address. Write it as http://127.0.0.1:8086.");
            return null;
        },
    };
}
