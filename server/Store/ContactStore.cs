namespace ColdChain.Server.Store;

/// <summary>Where a person is reached.</summary>
/// <param name="Email">The address of a mailbox; null for none.</param>
/// <param name="Phone">The number of a telephone, with <c>+</c> and the country; null for none.</param>
internal sealed record Contact(string? Email, string? Phone)
{
    public static readonly Contact None = new(null, null);
}

/// <summary>Where people are reached. It is staff data: it changes, and goes when the person has left.</summary>
internal static class ContactStore
{
    private const string Email = "email";
    private const string Phone = "phone";

    public static Contact Of(StoreSession session, long account)
    {
        var rows = session.Query("SELECT kind, address FROM contacts WHERE account = $account", row => (Kind: row.GetString(0), Address: row.GetString(1)), ("$account", account))
            .ToDictionary(row => row.Kind, row => row.Address);
        return new Contact(rows.GetValueOrDefault(Email), rows.GetValueOrDefault(Phone));
    }

    public static void Save(StoreTransaction transaction, long account, Contact contact)
    {
        Erase(transaction, account);
        Insert(transaction, account, Email, contact.Email);
        Insert(transaction, account, Phone, contact.Phone);
    }

    public static void Erase(StoreTransaction transaction, long account) => transaction.Execute("DELETE FROM contacts WHERE account = $account", ("$account", account));

    private static void Insert(StoreTransaction transaction, long account, string kind, string? address)
    {
        if (address is not null)
        {
            transaction.Execute("INSERT INTO contacts (account, kind, address) VALUES ($account, $kind, $address)", ("$account", account), ("$kind", kind), ("$address", address));
        }
    }
}
