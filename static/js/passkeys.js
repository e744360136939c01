// A key of the device or a USB key, by allauth's own script. Our part: which fields, and plain words.
const ids = { add: "passkey-button", authenticate: "passkey-button", credential: "id_credential", data: "passkey-options" };
const button = document.getElementById("passkey-button");
const problem = document.querySelector("[data-passkey-problem]");

const WORDS = {
  InvalidStateError: "Kunci ini sudah terdaftar pada akun Anda.",
  NotAllowedError: "Dibatalkan, atau waktunya habis. Coba sekali lagi.",
  NotSupportedError: "Perangkat ini tidak mempunyai kunci yang dapat dipakai.",
  SecurityError: "Kunci keamanan hanya dapat dipakai pada alamat https.",
};

if (window.PublicKeyCredential) {
  window.allauth.webauthn.forms[button.dataset.passkey]({ ids });
} else {
  button.disabled = true;
  problem.textContent = "Peramban ini tidak mengenal kunci keamanan. Pakai aplikasi kode, atau peramban lain.";
}

button.addEventListener("click", () => {
  problem.textContent = "";
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  problem.textContent = WORDS[event.detail.exception.name] ?? "Kunci tidak dapat dipakai. Coba sekali lagi.";
});
