/** A page of the bundle: how to check it with what every system has. The commands are run by a test. */
export const howToVerify = `How to check this bundle without Deedban

Unpack the zip, open a terminal in the folder it makes, and run these. Each says what is wrong, if anything is.

1. Nothing in it was altered since the lists were made, and nothing is missing:

   sha512sum --strict -c tagmanifest-sha512.txt
   sha512sum --strict -c manifest-sha512.txt
   sha256sum --strict -c manifest-sha256.txt

2. The lists were signed with the key in this bundle ("Signature Verified Successfully"):

   openssl pkeyutl -verify -pubin -inkey signatures/signer.pem -rawin -in tagmanifest-sha512.txt -sigfile signatures/signer.sig

   Where there is a signatures/second.pem, another seat signed the same: put second in place of signer, twice.

3. That key is the one which the centre published. Compare all of this with what was published, not with anything in this bundle:

   openssl pkey -pubin -in signatures/signer.pem -outform DER | sha256sum

   Where there is a timestamp.tsr, an authority saw the lists at a time. With its root certificate:
   openssl ts -verify -data manifest-sha512.txt -in timestamp.tsr -CAfile its-root.pem

4. The clips are what they seem to be (data/custody.json says how many pictures were secured, when, and where there are gaps):

   for clip in data/clips/*/*.mp4; do ffprobe -count_frames -show_entries stream=codec_name,width,height,nb_read_frames "$clip"; done

Files that no list names are not part of the evidence. With Deedban's source, "npm run verify -- bundle.zip --key published.pem" does all of
this and compares every byte of the zip itself.
`;
